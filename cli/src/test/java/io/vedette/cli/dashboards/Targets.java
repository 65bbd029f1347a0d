package io.vedette.cli.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The queries of a panel, and what is set for single ones of them. Tiles and tables ask for the moment: the last value over a time would be an old one
 * where there is none now.
 */
final class Targets {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String type;
    private final boolean overTime;
    private final Shared shared;
    private final ArrayNode json = JSON.arrayNode();

    Targets(String type, Shared shared) {
        this.type = type;
        this.overTime = !(type.equals("state") || type.equals("stat") || type.equals("table"));
        this.shared = shared;
    }

    ArrayNode json() {
        return json;
    }

    /** Adds a query of the description. */
    void add(YamlFields query, ArrayNode overrides) {
        String id = add(shared.expand(query.get("expr")).strip(), query.text("legend", ""));
        ArrayNode properties = JSON.arrayNode();
        query.ifThere("unit", unit -> property(properties, "unit").put("value", unit.string()));
        query.ifThere("decimals", decimals -> property(properties, "decimals").put("value", decimals.integer(0, 9)));
        if (query.find("thresholds").isPresent() || query.find("base").isPresent()) {
            property(properties, "thresholds").set("value", FieldSettings.thresholds(query));
        }
        query.ifThere("color", color -> fixedColor(properties, color.string()));
        query.ifThere(
                "axis", side -> property(properties, "custom.axisPlacement").put("value", side.string()));
        if (query.find("axis").isPresent()) {
            // The other axis' limits are not this one's.
            property(properties, "max").putNull("value");
        }
        if (query.is("dashed")) {
            ObjectNode style = property(properties, "custom.lineStyle").putObject("value");
            style.put("fill", "dash").putArray("dash").add(8).add(6);
            property(properties, "custom.fillOpacity").put("value", 0);
        }
        if (!properties.isEmpty()) {
            ObjectNode override = overrides.addObject();
            override.putObject("matcher").put("id", "byFrameRefID").put("options", id);
            override.set("properties", properties);
        }
    }

    /** Adds the quantiles of a histogram, each with a band between its certain bounds, which are there with {@code derived.bounds} only. */
    void quantiles(String name, String select, ArrayNode overrides) {
        quantile(name, select, "0.99", "P99", "red", overrides);
        quantile(name, select, "0.95", "P95", "orange", overrides);
        quantile(name, select, "0.5", "P50", "green", overrides);
    }

    private void quantile(
            String name, String select, String quantile, String legend, String color, ArrayNode overrides) {
        String of = "{" + select + ",quantile=\"" + quantile + "\"}";
        String lower = legend + " at least";
        String upper = legend + " at most";
        add("max(" + name + "_seconds" + of + ')', legend);
        add("min(" + name + "_lower_seconds" + of + ')', lower);
        add("max(" + name + "_upper_seconds" + of + ") < +Inf", upper);
        fixedColor(named(overrides, legend), color);
        ArrayNode top = band(overrides, upper, color);
        property(top, "custom.fillBelowTo").put("value", lower);
        property(top, "custom.fillOpacity").put("value", 15);
        band(overrides, lower, color);
    }

    private static ArrayNode band(ArrayNode overrides, String name, String color) {
        ArrayNode properties = named(overrides, name);
        fixedColor(properties, color);
        property(properties, "custom.lineWidth").put("value", 0);
        property(properties, "custom.hideFrom")
                .putObject("value")
                .put("legend", true)
                .put("tooltip", false)
                .put("viz", false);
        return properties;
    }

    private static ArrayNode named(ArrayNode overrides, String name) {
        ObjectNode override = overrides.addObject();
        override.putObject("matcher").put("id", "byName").put("options", name);
        return override.putArray("properties");
    }

    private static ObjectNode property(ArrayNode properties, String id) {
        return properties.addObject().put("id", id);
    }

    private static void fixedColor(ArrayNode properties, String color) {
        property(properties, "color").putObject("value").put("mode", "fixed").put("fixedColor", color);
    }

    private String add(String expression, String legend) {
        String id = String.valueOf((char) ('A' + json.size()));
        ObjectNode target = json.addObject().put("refId", id);
        target.set("datasource", PanelWriter.datasource());
        target.put("editorMode", "code").put("expr", expression).put("legendFormat", legend);
        target.put("format", type.equals("heatmap") ? "heatmap" : type.equals("table") ? "table" : "time_series");
        target.put("instant", !overTime).put("range", overTime);
        return id;
    }
}
