// First of all imports: what runs before the agent is not traced.
import { agent } from './telemetry.js';
import './styles/base.css';
import './styles/layout.css';
import './styles/shop.css';
import './styles/art.css';
import './styles/forms.css';
import './styles/cart.css';
import './styles/states.css';
import './styles/signals.css';
import './styles/skeleton.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { router } from './router.js';

const element = document.getElementById('root');
if (!element) throw new Error('index.html has no element with the id "root"');

createRoot(element, {
  // React keeps what a boundary has caught from `window.onerror`, so it is handed over here.
  onCaughtError: (error) => agent.recordException(error),
}).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
