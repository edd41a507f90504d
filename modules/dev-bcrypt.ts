import { defineNuxtModule } from 'nuxt/kit'
import { serveBcrypt } from '#server/auth/bcrypt-in-development'

/** Runs bcrypt for the workers of `npm run dev`, which are terminated at every reload. */
export default defineNuxtModule({
  meta: { name: 'dev-bcrypt' },
  setup(_options, nuxt) {
    if (nuxt.options.dev) nuxt.hook('close', serveBcrypt())
  },
})
