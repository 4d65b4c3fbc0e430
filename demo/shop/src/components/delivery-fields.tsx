/** Where to. Filled in, because nobody wants to type an address into a demo; it is not sent. */
export const DeliveryFields = () => (
  <fieldset className="panel fields">
    <legend>Delivery</legend>
    <label>
      Name
      <input name="name" defaultValue="Robin Vale" autoComplete="name" required />
    </label>
    <label>
      Email
      <input name="email" type="email" defaultValue="robin@example.com" autoComplete="email" required />
    </label>
    <label className="full">
      Street
      <input name="street" defaultValue="12 Orchard Lane" autoComplete="street-address" required />
    </label>
    <label>
      Postcode
      <input name="postcode" defaultValue="4020" autoComplete="postal-code" required />
    </label>
    <label>
      Town
      <input name="town" defaultValue="Linden" autoComplete="address-level2" required />
    </label>
  </fieldset>
);
