// Runs before Scalar's bundle, which sets the nonce of the page on its own style elements, but not on those of the
// libraries in it. The limitation is described in https://github.com/scalar/scalar/pull/9422. Remove when it is gone.
{
  const { nonce } = document.currentScript
  const createElement = document.createElement.bind(document)

  document.createElement = (...parameters) => {
    const element = createElement(...parameters)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }
}
