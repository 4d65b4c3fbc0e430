-- Runs at every start, on PGlite and on a PostgreSQL server alike, and leaves what is there as it is.
-- The lock keeps two demos that start on one server from creating the same table at once.
select pg_advisory_xact_lock(721041);

create schema if not exists shop;

create table if not exists shop.products (
  id integer primary key,
  name text not null,
  description text not null,
  price_cents integer not null check (price_cents > 0),
  image text not null,
  -- Shown and checked at the checkout, never decreased: a demo must not sell out.
  stock integer not null check (stock >= 0)
);

create table if not exists shop.orders (
  -- Random, because whoever knows the id may see the order.
  id uuid primary key default gen_random_uuid(),
  status text not null default 'pending' check (status in ('pending', 'paid', 'declined', 'failed')),
  total_cents integer not null check (total_cents > 0),
  created_at timestamptz not null default now()
);

create table if not exists shop.order_lines (
  order_id uuid not null references shop.orders (id),
  product_id integer not null references shop.products (id),
  quantity integer not null check (quantity > 0),
  unit_price_cents integer not null check (unit_price_cents > 0),
  primary key (order_id, product_id)
);

create table if not exists shop.payments (
  id uuid primary key default gen_random_uuid(),
  order_id uuid not null unique references shop.orders (id),
  amount_cents integer not null check (amount_cents > 0),
  card_last4 text not null check (length(card_last4) = 4),
  created_at timestamptz not null default now(),
  -- The bank of this demo: it refuses the test card 4000 0000 0000 0002.
  constraint card_declined check (card_last4 <> '0002')
);

insert into shop.products (id, name, description, price_cents, image, stock) values
  (1001, 'Stoneware mug', 'Holds 300 ml and keeps it warm. Glazed inside, bare clay where the hand goes.', 1800, '☕', 48),
  (1002, 'Cast-iron teapot', 'One litre, enamelled inside, with a strainer that reaches the bottom.', 6400, '🫖', 17),
  (1003, 'Bread knife', 'A 24 cm blade with wide teeth that saw through crust and leave the crumb alone.', 4200, '🔪', 25),
  (1004, 'Olive-wood spoon', 'Carved from one piece, oiled twice. No two have the same grain.', 950, '🥄', 120),
  (1005, 'Linen napkins', 'Four napkins of washed linen, 45 cm square, softer with every wash.', 3200, '🍽️', 80),
  (1006, 'Honey jar', 'Blossom honey from hives beside a lime avenue, 500 g, stirred until it spreads.', 890, '🍯', 64),
  (1007, 'Salad bowl', 'Turned from ash, 28 cm across, deep enough to toss in without losing a leaf.', 5200, '🥗', 14),
  (1008, 'Beeswax candle', 'Burns for thirty hours, does not drip, and smells faintly of summer.', 1250, '🕯️', 96),
  (1009, 'Copper saucepan', 'Two millimetres of copper, lined with steel, for sauces that must not catch.', 14900, '🍲', 8),
  (1010, 'Sourdough starter', 'Dried flakes of a lively rye culture. Wakes up within two days.', 650, '🍞', 150),
  (1011, 'Herb planter', 'Unglazed terracotta for three herbs, with a saucer, for a sunny windowsill.', 2900, '🪴', 31),
  (1012, 'Picnic basket', 'Peeled willow with leather straps, room for four plates and a bottle.', 7800, '🧺', 11)
on conflict (id) do update set
  name = excluded.name,
  description = excluded.description,
  price_cents = excluded.price_cents,
  image = excluded.image,
  stock = excluded.stock;
