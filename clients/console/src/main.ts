import { createApp } from 'vue'
import 'tdesign-vue-next/es/style/index.css'
import './console.css'
import App from './app.vue'
import { vNamed } from './named'
import { router } from './router'

createApp(App).directive('named', vNamed).use(router).mount('#app')
