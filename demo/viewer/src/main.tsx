import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import 'uplot/dist/uPlot.min.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/chips.css';
import './styles/shell.css';
import './styles/notices.css';
import './styles/shortcuts.css';
import './styles/traces.css';
import './styles/duration-bar.css';
import './styles/filters.css';
import './styles/overview.css';
import './styles/trace.css';
import './styles/time-axis.css';
import './styles/waterfall-rows.css';
import './styles/bars.css';
import './styles/details.css';
import './styles/attributes.css';
import './styles/log-list.css';
import './styles/sessions.css';
import './styles/story.css';
import './styles/errors.css';

const element = document.getElementById('app');
if (!element) throw new Error('index.html has no #app');

createRoot(element).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
