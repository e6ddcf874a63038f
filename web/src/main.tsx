import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/components.css';
import './app/contrast.css';
import './app/first-frame.css';
import './app/frame.css';
import './app/page.css';
import { App } from './app/app.tsx';
import { showFirstPage } from './app/first-page.ts';
import { firstPageIsReady } from './app/router.tsx';
import { startLanguage } from './language/language.ts';

// Not awaited by this module: what is loaded meanwhile may need it, and would wait for it in turn.
void Promise.all([startLanguage(), firstPageIsReady]).then(() => {
  showFirstPage();
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
});
