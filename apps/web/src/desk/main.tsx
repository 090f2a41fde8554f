import '../house/house.css';
import './shell.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Providers } from '../house/Providers.tsx';
import { nameStyles, reloadOnceAfterUpdate } from '../house/platform.ts';
import { router } from './router.tsx';

nameStyles();
reloadOnceAfterUpdate();
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <RouterProvider router={router} />
      </Providers>
    </StrictMode>,
  );
}
