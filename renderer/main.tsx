/** The page's first module: fonts and tokens, then the application. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './styles/base.css'
import './styles/frame.css'
import './styles/parts.css'
import { App } from './app.tsx'
import { applyTheme } from './theme-mode.ts'

applyTheme()
const place = document.getElementById('page')
if (place === null) throw new Error('index.html has no #page')
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
