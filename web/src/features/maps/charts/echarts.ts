// The only importer of ECharts; only the parts that the page draws.
import { CustomChart, LineChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([CustomChart, LineChart, GridComponent, SVGRenderer]);

export { init };
export type { EChartsCoreOption } from "echarts/core";
