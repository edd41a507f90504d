# The API server on PostgreSQL. docs/operations.md says how to run the image.
ARG NODE_IMAGE=node:24-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
# Dependencies come first, so that a change of the sources does not install them again.
COPY package.json package-lock.json .npmrc ./
COPY client/package.json client/
COPY scripts/check-node.mjs scripts/link-node.mjs scripts/
RUN npm ci
COPY . .
RUN npm run build

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="Neptun API" \
      org.opencontainers.image.description="The chat-history API of Neptun" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
COPY LICENSE ./
COPY --from=build /app/.output ./
# A volume that is mounted here belongs to the user of the server.
RUN install --directory --owner=node --group=node --mode=700 /data
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["node", "server/healthcheck.mjs"]
# The flags are those of `npm start`.
CMD ["node", "--enable-source-maps", "--max-semi-space-size=16", "--heap-growing-percent=80", "--v8-pool-size=2", \
     "server/index.mjs"]
