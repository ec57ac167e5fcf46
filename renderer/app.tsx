/** The gate: who is signed in decides which screen stands; a locked page stays where it is, under the lock. */
import { App as AntApp, Button, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import quarterOfYear from 'dayjs/plugin/quarterOfYear'
import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { api, queryClient } from './client.ts'
import { Frame } from './frame/frame.tsx'
import { LockScreen } from './frame/lock-screen.tsx'
import { SignIn } from './frame/sign-in.tsx'
import { frameText, sessionText } from './messages/frame.ts'
import { STYLE_NONCE } from './nonce.ts'
import { ProblemNote } from './parts/problem-note.tsx'
import { SessionProvider, STATE_INTERVAL_MILLISECONDS, useActivityPing } from './session.tsx'
import { antdTheme } from './theme.ts'
import { useThemeMode } from './theme-mode.ts'

dayjs.locale('zh-cn')
dayjs.extend(quarterOfYear)

function layers(): HTMLElement {
  return document.getElementById('layers') ?? document.body
}

const LOCALE = {
  ...zhCN,
  ...(zhCN.DatePicker !== undefined && {
    DatePicker: { ...zhCN.DatePicker, lang: { ...zhCN.DatePicker.lang, cellQuarterFormat: frameText.quarterCell } },
  }),
}

export function App() {
  const mode = useThemeMode()
  return (
    <ConfigProvider
      locale={LOCALE}
      csp={{ nonce: STYLE_NONCE }}
      // Dialogs on <body> lock its scrolling with a style element that carries no nonce; the page does not scroll anyway.
      getPopupContainer={layers}
      button={{ autoInsertSpace: false }}
      theme={antdTheme(mode)}
      form={{ requiredMark: false, colon: false }}
    >
      <AntApp component={false}>
        <QueryClientProvider client={queryClient}>
          <Gate />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  )
}

function Gate() {
  const { data, error, refetch } = useQuery(
    api.session.state.queryOptions(undefined, {
      refetchInterval: STATE_INTERVAL_MILLISECONDS,
      refetchOnWindowFocus: 'always',
    }),
  )
  useActivityPing(data?.state === 'open')
  if (data === undefined) {
    if (error === null) return <p className="gate-wait">{frameText.loading}</p>
    return (
      <main className="gate">
        <h1>{sessionText.offline}</h1>
        <ProblemNote error={error} />
        <Button onClick={() => refetch()}>{frameText.retry}</Button>
      </main>
    )
  }
  if (data.state === 'signedOut') return <SignIn ledger={data.ledger} />
  const { ledger, person } = data
  return (
    <SessionProvider session={{ ledger, person }}>
      <Frame key={person.userId} isVeiled={data.state === 'locked'} />
      {data.state === 'locked' && <LockScreen person={person} office={ledger.office} />}
    </SessionProvider>
  )
}
