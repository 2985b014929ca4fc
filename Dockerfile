# The server in a container: docker run -i --rm google-photos-mcp --demo
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts && node node_modules/esbuild/install.js
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production GOOGLE_PHOTOS_STATE_DIR=/state
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/dist ./dist
COPY --from=build /app/node_modules ./node_modules
RUN mkdir /state && chown node /state
USER node
VOLUME /state
ENTRYPOINT ["node", "/app/dist/main.js"]
