import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const SERVER = process.env.BOFEN_URL || 'http://127.0.0.1:8000'

export default defineConfig({
  base: '/console/',
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'tdesign', test: /tdesign/ },
            { name: 'echarts', test: /echarts|zrender/ },
            { name: 'vue', test: /node_modules\/(vue|@vue|pinia|vue-router)\// },
          ],
        },
      },
    },
  },
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': SERVER, '/files': SERVER } },
})
