/** What the docs page looks like: its mark, its colours and its header. */

/** A ledger page with a paid line. */
const mark = (size: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="${size}" height="${size}" aria-hidden="true"><rect width="32" height="32" rx="7" fill="#0f766e"/><path d="M8 9.5h16M8 16h9M8 22.5h6" stroke="#ccfbf1" stroke-width="2.6" stroke-linecap="round" fill="none"/><path d="M18.5 20.5l3 3 5.5-7" stroke="#fff" stroke-width="2.8" stroke-linecap="round" stroke-linejoin="round" fill="none"/></svg>`

export const FAVICON = mark(32)

/** A header above Swagger UI, made in the browser because the plugin's page has no place for one. */
export function headerScript(sandbox: boolean): string {
  const note = sandbox
    ? '<p class="gateway-note"><strong>Sandbox mode.</strong> Two made-up ERP accounts; you are authorized. Press <em>Try it out</em>, then <em>Execute</em>.</p>'
    : ''
  const html = `<div class="gateway-bar"><a href="/docs">${mark(30)}<span>Receivables gateway</span></a><nav><a href="/openapi.json">openapi.json</a></nav></div>${note}`
  return `(() => {
  const header = document.createElement('header')
  header.className = 'gateway-header'
  header.innerHTML = ${JSON.stringify(html)}
  document.getElementById('swagger-ui').before(header)
})()`
}

export const STYLE = `
:root { --ink: #14302d; --brand: #0f766e; --brand-dark: #115e59; --paper: #f7faf9; --line: #d5e3e0; }
body { margin: 0; background: var(--paper); color: var(--ink); }
.gateway-header { font: 15px/1.5 system-ui, sans-serif; }
.gateway-bar { display: flex; align-items: center; justify-content: space-between; gap: 16px; background: var(--brand-dark); padding: 10px max(20px, calc((100vw - 1420px) / 2)); }
.gateway-bar a { display: flex; align-items: center; gap: 12px; color: #fff; text-decoration: none; }
.gateway-bar > a { font-size: 18px; font-weight: 650; letter-spacing: -0.01em; }
.gateway-bar nav a { font-size: 14px; opacity: 0.9; border-bottom: 1px solid transparent; }
.gateway-bar nav a:hover { border-color: currentColor; }
.gateway-bar a:focus-visible { outline: 2px solid #5eead4; outline-offset: 3px; }
.gateway-note { margin: 0; padding: 9px max(20px, calc((100vw - 1420px) / 2)); background: #d8f3ee; color: #0b3f3a; border-bottom: 1px solid #b6e2da; }
.swagger-ui, .swagger-ui .opblock-tag, .swagger-ui .info .title, .swagger-ui .btn, .swagger-ui .opblock .opblock-section-header h4,
.swagger-ui .opblock .opblock-summary-description, .swagger-ui table thead tr td, .swagger-ui table thead tr th, .swagger-ui .parameter__name,
.swagger-ui .response-col_status, .swagger-ui .info p, .swagger-ui .info li, .swagger-ui .tab li, .swagger-ui label { font-family: system-ui, sans-serif; color: var(--ink); }
.swagger-ui .info { margin: 26px 0 22px; }
.swagger-ui .info .title { font-size: 30px; letter-spacing: -0.02em; }
.swagger-ui .info .title small { background: #5b706d; }
.swagger-ui .info .title small.version-stamp { background: var(--brand); }
.swagger-ui .info .description { max-width: 900px; }
.swagger-ui .info li, .swagger-ui .info p { font-size: 14.5px; line-height: 1.55; }
.swagger-ui .info a { color: var(--brand); }
.swagger-ui .markdown code, .swagger-ui .renderedMarkdown code { color: var(--brand-dark); background: #e4efec; font-weight: 500; }
.swagger-ui .servers, .swagger-ui .servers-title, .swagger-ui .info .info__license, .swagger-ui .response-col_links { display: none; }
.swagger-ui .scheme-container { background: transparent; box-shadow: none; padding: 6px 0 10px; margin: 0; }
.swagger-ui .opblock-tag { font-size: 20px; border-bottom: 1px solid var(--line); }
.swagger-ui .opblock-tag small { color: #47605c; }
.swagger-ui .opblock { border-radius: 8px; box-shadow: none; margin: 0 0 9px; }
.swagger-ui .opblock .opblock-summary-method { border-radius: 6px; min-width: 74px; font-size: 12.5px; }
.swagger-ui .opblock .opblock-summary-path { font-size: 14.5px; }
.swagger-ui .opblock.opblock-get { background: #eef7fb; border-color: #8cc3da; }
.swagger-ui .opblock.opblock-get .opblock-summary-method { background: #1b6f92; }
.swagger-ui .opblock.opblock-get .opblock-summary { border-color: #8cc3da; }
.swagger-ui .opblock.opblock-post { background: #ecf8f3; border-color: #7fc8ac; }
.swagger-ui .opblock.opblock-post .opblock-summary-method { background: #14754f; }
.swagger-ui .opblock.opblock-post .opblock-summary { border-color: #7fc8ac; }
.swagger-ui .opblock.opblock-patch { background: #faf5e9; border-color: #dcc07b; }
.swagger-ui .opblock.opblock-patch .opblock-summary-method { background: #8a6411; }
.swagger-ui .opblock.opblock-patch .opblock-summary { border-color: #dcc07b; }
.swagger-ui .opblock.opblock-delete { background: #fbf0ef; border-color: #e0a39c; }
.swagger-ui .opblock.opblock-delete .opblock-summary-method { background: #b3392c; }
.swagger-ui .opblock.opblock-delete .opblock-summary { border-color: #e0a39c; }
.swagger-ui .btn.execute { background: var(--brand); border-color: var(--brand); color: #fff; }
.swagger-ui .btn.execute:hover { background: var(--brand-dark); }
.swagger-ui .btn.authorize { color: var(--brand); border-color: var(--brand); }
.swagger-ui .btn.authorize svg { fill: var(--brand); }
.swagger-ui section.models { border-color: var(--line); border-radius: 8px; }
.swagger-ui .parameter__name.required::after { color: #b3392c; }
@media (max-width: 720px) {
  .swagger-ui .wrapper { padding: 0 12px; }
  .swagger-ui .opblock .opblock-summary { flex-wrap: wrap; }
  .swagger-ui .opblock .opblock-summary-description { flex-basis: 100%; text-align: left; padding-left: 4px; }
  .swagger-ui .opblock .opblock-section-header { flex-wrap: wrap; }
  .swagger-ui .responses-inner { padding: 14px; }
  .swagger-ui .opblock-body .table-container, .swagger-ui .opblock-body .responses-inner { overflow-x: auto; }
  .swagger-ui .opblock-tag { flex-wrap: wrap; }
  .swagger-ui .opblock-tag small { flex-basis: 100%; padding: 0; }
  .swagger-ui .parameters-col_name { min-width: 110px; }
}
`
