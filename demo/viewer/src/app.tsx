import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { LiveProvider } from './data/live.js';
import { ServicesProvider } from './data/services.js';
import { ErrorPage } from './errors/error-page.js';
import { ErrorsPage } from './errors/errors-page.js';
import { SessionPage } from './sessions/session-page.js';
import { SessionsPage } from './sessions/sessions-page.js';
import { TracePage } from './trace/trace-page.js';
import { TracesPage } from './traces/traces-page.js';
import { NotFound } from './ui/notice.js';
import { Shell } from './ui/shell.js';

/** Whatever is shown has an address; the collector answers every address of the viewer with its page. */
export const App = () => (
  <BrowserRouter basename={import.meta.env.BASE_URL}>
    <LiveProvider>
      <ServicesProvider>
        <Routes>
          <Route element={<Shell />}>
            <Route index element={<Navigate to="/traces" replace />} />
            <Route path="traces" element={<TracesPage />} />
            <Route path="traces/:traceId" element={<TracePage />} />
            <Route path="sessions" element={<SessionsPage />} />
            <Route path="sessions/:sessionId" element={<SessionPage />} />
            <Route path="errors" element={<ErrorsPage />} />
            <Route path="errors/:errorId" element={<ErrorPage />} />
            <Route path="*" element={<NotFound />} />
          </Route>
        </Routes>
      </ServicesProvider>
    </LiveProvider>
  </BrowserRouter>
);
