/** One way to show a chart: drawn into an element, resized with it, gone with it. */
import { onMounted, onUnmounted, watch, type Ref } from 'vue'
import { BarChart, LineChart, PieChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsCoreOption, type ECharts } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([BarChart, LineChart, PieChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer])

export function useChart(element: Ref<HTMLElement | undefined>, option: () => EChartsCoreOption): void {
  let chart: ECharts | undefined
  const watching = new ResizeObserver(() => chart?.resize())
  onMounted(() => {
    if (!element.value) return
    chart = init(element.value)
    watching.observe(element.value)
    chart.setOption(option())
  })
  watch(option, (value) => chart?.setOption(value, true))
  onUnmounted(() => {
    watching.disconnect()
    chart?.dispose()
  })
}
