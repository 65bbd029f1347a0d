package io.vedette.cli.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Options of each type of panel, as Grafana's schema of 11, 12 and 13 has them. */
final class PanelOptions {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double FILL_OF_STACKS = 60;

    private PanelOptions() {}

    static ObjectNode stat(String colorMode, String text) {
        ObjectNode options = JSON.objectNode();
        options.put("colorMode", colorMode).put("graphMode", "none").put("justifyMode", "auto");
        options.put("orientation", "auto").put("textMode", text).put("wideLayout", true);
        options.put("showPercentChange", false).put("percentChangeColorMode", "standard");
        ObjectNode reduce =
                options.putObject("reduceOptions").put("values", false).put("fields", "");
        reduce.putArray("calcs").add("last");
        return options;
    }

    static ObjectNode lines() {
        ObjectNode options = JSON.objectNode();
        ObjectNode legend = options.putObject("legend");
        legend.put("displayMode", "table").put("placement", "bottom").put("showLegend", true);
        legend.putArray("calcs").add("lastNotNull").add("max");
        options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
        return options;
    }

    /** How lines are drawn: gaps stay gaps, since what is absent is unknown. */
    static ObjectNode custom(YamlFields panel) {
        boolean stack = panel.is("stack");
        boolean bars = panel.is("bars");
        ObjectNode custom = JSON.objectNode();
        custom.put("drawStyle", bars ? "bars" : "line")
                .put("lineWidth", bars ? 0 : 1)
                .put("lineInterpolation", "linear");
        custom.put("fillOpacity", stack || bars ? FILL_OF_STACKS : 0).put("gradientMode", "none");
        custom.put("showPoints", "never")
                .put("pointSize", 5)
                .put("spanNulls", false)
                .put("insertNulls", false);
        custom.put("axisPlacement", "auto").put("axisLabel", "").put("axisColorMode", "text");
        custom.put("axisBorderShow", false).put("axisCenteredZero", false).put("barAlignment", 0);
        panel.ifThere("soft_min", min -> custom.put("axisSoftMin", min.number()));
        panel.ifThere("soft_max", max -> custom.put("axisSoftMax", max.number()));
        custom.putObject("scaleDistribution").put("type", "linear");
        custom.putObject("stacking").put("mode", stack ? "normal" : "none").put("group", "A");
        custom.putObject("hideFrom").put("legend", false).put("tooltip", false).put("viz", false);
        custom.putObject("thresholdsStyle").put("mode", panel.find("thresholds").isPresent() ? "dashed" : "off");
        return custom;
    }

    static ObjectNode timeline() {
        ObjectNode options = JSON.objectNode();
        options.put("mergeValues", true)
                .put("showValue", "auto")
                .put("alignValue", "left")
                .put("rowHeight", 0.8);
        options.putObject("legend")
                .put("displayMode", "list")
                .put("placement", "bottom")
                .put("showLegend", true)
                .putArray("calcs");
        options.putObject("tooltip").put("mode", "single").put("sort", "none");
        return options;
    }

    static ObjectNode heatmap(String unit) {
        ObjectNode options = JSON.objectNode();
        options.put("calculate", false).put("cellGap", 1).put("showValue", "never");
        ObjectNode color = options.putObject("color");
        color.put("mode", "scheme")
                .put("scheme", "Turbo")
                .put("fill", "dark-orange")
                .put("scale", "exponential");
        color.put("exponent", 0.5).put("steps", 64).put("reverse", false).put("min", 0);
        options.putObject("exemplars").put("color", "rgba(255,0,255,0.7)");
        options.putObject("filterValues").put("le", 1e-9);
        options.putObject("rowsFrame").put("layout", "auto").put("value", "Requests");
        options.putObject("cellValues").put("unit", "short").put("decimals", 1);
        options.putObject("legend").put("show", true);
        options.putObject("tooltip")
                .put("mode", "single")
                .put("yHistogram", true)
                .put("showColorScale", true);
        options.putObject("yAxis")
                .put("axisPlacement", "left")
                .put("unit", unit)
                .put("reverse", false);
        return options;
    }

    /** @param sort titles of the columns that rows are sorted by, the largest first */
    static ObjectNode table(List<String> sort) {
        ObjectNode options = JSON.objectNode();
        options.put("showHeader", true).put("cellHeight", "sm").put("frameIndex", 0);
        ArrayNode sortBy = options.putArray("sortBy");
        sort.forEach(title -> sortBy.addObject().put("displayName", title).put("desc", true));
        return options;
    }
}
