// The other methods of this path. Without it, the router would hand them on to the path of one message, whose id is missing here.
export { default } from '#server/routes/[...]'
