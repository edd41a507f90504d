// Runs before Scalar's bundle, and makes it keep to the Content-Security-Policy of the page.
{
  const { nonce } = document.currentScript
  const createElement = document.createElement.bind(document)

  // Of the style elements that it adds, it gives the nonce to the first alone.
  document.createElement = (...parameters) => {
    const element = createElement(...parameters)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }

  // It tries whether it may compile code, and does without if not; the browser would report the mere try as a violation.
  globalThis.Function = new Proxy(Function, {
    apply() {
      throw new EvalError('The Content-Security-Policy does not allow this.')
    },
  })
}
