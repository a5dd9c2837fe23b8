import { createApp } from 'vue'
import 'tdesign-vue-next/es/style/index.css'
import './console.css'
import App from './app.vue'
import { router } from './router'

createApp(App).use(router).mount('#app')
