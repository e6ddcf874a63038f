import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/components.css';
import './app/contrast.css';
import './app/frame.css';
import './app/page.css';
import { App } from './app/app.tsx';
import { startLanguage } from './language/language.ts';

await startLanguage();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
