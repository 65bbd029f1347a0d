package io.vedette.cli.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.model.yaml.YamlValue;
import java.util.List;
import java.util.Set;

/** Makes one panel of its description. */
final class PanelWriter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** That of Grafana 11.0: without one, a panel counts as one of Grafana 6 and is migrated from there. */
    private static final String PLUGIN_VERSION = "11.0.0";

    private static final Set<String> KEYS = Set.of(
            "title",
            "description",
            "type",
            "w",
            "h",
            "unit",
            "decimals",
            "min",
            "max",
            "soft_min",
            "soft_max",
            "base",
            "thresholds",
            "mapping",
            "empty",
            "stack",
            "bars",
            "text",
            "link",
            "queries",
            "of",
            "select",
            "sort",
            "columns",
            "hide");
    private static final Set<String> QUERY_KEYS = Set.of(
            "expr",
            "legend",
            "unit",
            "decimals",
            "base",
            "thresholds",
            "axis",
            "color",
            "dashed",
            "below",
            "invisible");

    private final YamlFields panel;
    private final Shared shared;
    private final String type;

    PanelWriter(YamlValue description, Shared shared) {
        this.panel = YamlFields.of(description, KEYS);
        this.shared = shared;
        this.type = panel.text("type", "lines");
    }

    int width() {
        return panel.number("w", 12);
    }

    int height() {
        return panel.number("h", 8);
    }

    /** All that reads series asks the Prometheus that is chosen at the top of the dashboard. */
    static ObjectNode datasource() {
        return JSON.objectNode().put("type", "prometheus").put("uid", "${datasource}");
    }

    ObjectNode write(int id) {
        ObjectNode json = JSON.objectNode();
        ObjectNode defaults = JSON.objectNode();
        ArrayNode overrides = JSON.arrayNode();
        json.put("id", id).put("title", panel.text("title")).put("description", panel.text("description"));
        json.set("datasource", datasource());
        List<YamlFields> queries = panel.list("queries").stream()
                .map(query -> YamlFields.of(query, QUERY_KEYS))
                .toList();
        common(defaults);
        switch (type) {
            case "state" -> {
                json.put("type", "stat");
                json.set("options", PanelOptions.stat("background", "value"));
                FieldSettings.mapping(defaults, shared, panel.place(), "state");
            }
            case "stat" -> {
                json.put("type", "stat");
                json.set("options", PanelOptions.stat("value", panel.text("text", "auto")));
            }
            case "lines", "quantiles" -> {
                json.put("type", "timeseries");
                json.set("options", PanelOptions.lines());
                defaults.set("custom", PanelOptions.custom(panel));
            }
            case "timeline" -> {
                json.put("type", "state-timeline");
                json.set("options", PanelOptions.timeline());
                defaults.putObject("custom").put("fillOpacity", 80).put("lineWidth", 0);
            }
            case "heatmap" -> {
                json.put("type", "heatmap");
                json.set("options", PanelOptions.heatmap(panel.text("unit")));
            }
            case "table" -> {
                json.put("type", "table");
                json.set("options", PanelOptions.table(panel.get("sort").strings()));
                TableColumns columns = new TableColumns(panel, shared);
                json.set("transformations", columns.transformations());
                columns.addOverrides(overrides);
            }
            default -> throw panel.get("type").mistake("no type of panel: " + type);
        }
        Targets targets = new Targets(type, shared);
        if (type.equals("quantiles")) {
            targets.quantiles(panel.text("of"), shared.expand(panel.get("select")), overrides);
        } else {
            queries.forEach(query -> targets.add(query, overrides));
        }
        ObjectNode fieldConfig = json.putObject("fieldConfig");
        fieldConfig.set("defaults", defaults);
        fieldConfig.set("overrides", overrides);
        json.put("pluginVersion", PLUGIN_VERSION);
        json.put("interval", "5s");
        json.set("targets", targets.json());
        return json;
    }

    private void common(ObjectNode defaults) {
        boolean byThresholds = Set.of("state", "stat", "timeline").contains(type);
        defaults.putObject("color").put("mode", byThresholds ? "thresholds" : "palette-classic");
        panel.ifThere("unit", unit -> defaults.put("unit", unit.string()));
        panel.ifThere("decimals", decimals -> defaults.put("decimals", decimals.integer(0, 9)));
        panel.ifThere("min", min -> defaults.put("min", min.number()));
        panel.ifThere("max", max -> defaults.put("max", max.number()));
        panel.ifThere("empty", text -> defaults.put("noValue", text.string()));
        panel.ifThere("mapping", name -> FieldSettings.mapping(defaults, shared, name, name.string()));
        defaults.set("thresholds", FieldSettings.thresholds(panel));
        panel.ifThere("link", target -> defaults.putArray("links").add(FieldSettings.link(target, "field")));
    }
}
