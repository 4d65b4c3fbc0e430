import { createBrowserRouter } from 'react-router';
import { ErrorPage } from './components/error-page.js';
import { Layout } from './components/layout.js';
import { BrokenPage } from './pages/broken.js';
import { CartPage } from './pages/cart.js';
import { CheckoutPage } from './pages/checkout.js';
import { NotFoundPage } from './pages/not-found.js';
import { OrderPage } from './pages/order.js';
import { ProductPage } from './pages/product.js';
import { ProductsPage } from './pages/products.js';
import { SignalsPage } from './pages/signals.js';
import { SlowPage } from './pages/slow.js';

/** Every page of the shop. One that throws while rendering leaves header and footer standing. */
export const router = createBrowserRouter([
  {
    Component: Layout,
    children: [
      {
        ErrorBoundary: ErrorPage,
        children: [
          { index: true, Component: ProductsPage },
          { path: 'products/:id', Component: ProductPage },
          { path: 'cart', Component: CartPage },
          { path: 'checkout', Component: CheckoutPage },
          { path: 'orders/:id', Component: OrderPage },
          { path: 'signals', Component: SignalsPage },
          { path: 'slow', Component: SlowPage },
          { path: 'broken', Component: BrokenPage },
          { path: '*', Component: NotFoundPage },
        ],
      },
    ],
  },
]);
