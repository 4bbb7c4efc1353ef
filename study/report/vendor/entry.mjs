// SPDX-License-Identifier: GPL-3.0-or-later
// What of Apache ECharts the reports use. `npm ci && npm run bundle` in this folder writes charts.min.js again.
import * as core from "echarts/core";
import { BarChart, CustomChart, LineChart, ParallelChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent,
  BrushComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  ParallelComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";

core.use([
  BarChart, CustomChart, LineChart, ParallelChart, ScatterChart,
  AriaComponent, BrushComponent, DataZoomComponent, GridComponent, LegendComponent, MarkLineComponent,
  ParallelComponent, TooltipComponent, VisualMapComponent,
  CanvasRenderer, SVGRenderer,
]);
export const { init } = core;
