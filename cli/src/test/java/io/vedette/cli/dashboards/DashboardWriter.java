package io.vedette.cli.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.model.yaml.YamlValue;
import java.nio.file.Path;
import java.util.Set;

/**
 * Makes a Grafana dashboard of its description. The JSON is that of the classic model, which Grafana 11, 12 and 13 read; {@link #SCHEMA_VERSION} is that of
 * 11.0, and newer ones migrate it. What is made depends on the description alone, byte for byte.
 */
final class DashboardWriter {
    static final int SCHEMA_VERSION = 39;
    private static final int COLUMNS = 24;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> KEYS = Set.of("uid", "title", "description", "snippets", "variables", "rows");
    private static final Set<String> VARIABLE_KEYS = Set.of("name", "label", "of", "field", "single");

    private final YamlFields description;
    private final Shared shared;
    private final ArrayNode panels = JSON.arrayNode();
    private int y;

    private DashboardWriter(YamlFields description, Shared shared) {
        this.description = description;
        this.shared = shared;
    }

    /** Reads a description and makes its dashboard. */
    static ObjectNode write(Path file, Shared shared) {
        YamlFields description = YamlFields.of(YamlValue.read(file).orElseThrow(), KEYS);
        return new DashboardWriter(
                        description, shared.with(description.get("snippets").mapping()))
                .dashboard();
    }

    private ObjectNode dashboard() {
        ObjectNode dashboard = JSON.objectNode();
        dashboard.put("uid", description.text("uid"));
        dashboard.put("title", description.text("title"));
        dashboard.put("description", description.text("description"));
        dashboard.putArray("tags").add("vedette");
        dashboard.put("schemaVersion", SCHEMA_VERSION);
        dashboard.put("version", 1);
        dashboard.put("editable", true);
        dashboard.put("graphTooltip", 1);
        dashboard.put("refresh", "10s");
        dashboard.put("timezone", "browser");
        dashboard.putObject("time").put("from", "now-1h").put("to", "now");
        dashboard.putObject("timepicker");
        dashboard.put("weekStart", "");
        dashboard.put("fiscalYearStartMonth", 0);
        dashboard.set("links", links());
        dashboard.putObject("annotations").set("list", annotations());
        dashboard.putObject("templating").set("list", variables());
        description.list("rows").forEach(this::row);
        dashboard.set("panels", panels);
        return dashboard;
    }

    private static ArrayNode links() {
        ArrayNode links = JSON.arrayNode();
        ObjectNode link = links.addObject();
        link.put("type", "dashboards").put("title", "Vedette").put("icon", "external link");
        link.putArray("tags").add("vedette");
        link.put("asDropdown", false)
                .put("includeVars", true)
                .put("keepTime", true)
                .put("targetBlank", false);
        link.put("tooltip", "").put("url", "");
        return links;
    }

    private ArrayNode annotations() {
        ArrayNode list = JSON.arrayNode();
        annotation(list, "critical", "red");
        annotation(list, "warning", "orange");
        return list;
    }

    private void annotation(ArrayNode list, String severity, String color) {
        String expression = shared.expand(
                description.place(), "vedette_alerts{alertstate=\"firing\",severity=\"" + severity + "\",%alerts%}");
        ObjectNode annotation = list.addObject();
        annotation
                .put("name", "Alerts, " + severity)
                .put("enable", true)
                .put("hide", false)
                .put("iconColor", color);
        annotation.set("datasource", PanelWriter.datasource());
        // Grafana before 12 reads expr, later ones the target.
        annotation.put("expr", expression).put("step", "15s");
        annotation
                .putObject("target")
                .put("expr", expression)
                .put("interval", "15s")
                .put("refId", "Anno");
        annotation
                .put("titleFormat", "{{alertname}}")
                .put("textFormat", "{{model_name}} {{instance}} {{node}} {{gpu}}");
        annotation.put("tagKeys", "severity").put("useValueForTime", false);
    }

    private ArrayNode variables() {
        ArrayNode list = JSON.arrayNode();
        ObjectNode datasource = list.addObject();
        datasource
                .put("type", "datasource")
                .put("name", "datasource")
                .put("label", "Prometheus")
                .put("query", "prometheus");
        datasource
                .put("regex", "")
                .put("hide", 0)
                .put("includeAll", false)
                .put("multi", false)
                .put("refresh", 1);
        datasource.put("skipUrlSync", false);
        datasource.putArray("options");
        description.list("variables").forEach(value -> variable(list.addObject(), YamlFields.of(value, VARIABLE_KEYS)));
        return list;
    }

    private static void variable(ObjectNode json, YamlFields variable) {
        String name = variable.text("name");
        String query = "label_values(" + variable.text("of") + ", " + variable.text("field", name) + ')';
        boolean multi = variable.find("single").isEmpty();
        json.put("type", "query").put("name", name).put("label", variable.text("label"));
        json.set("datasource", PanelWriter.datasource());
        json.put("definition", query);
        json.putObject("query").put("qryType", 1).put("query", query).put("refId", "Variable");
        json.put("regex", "").put("sort", 3).put("refresh", 2).put("hide", 0).put("skipUrlSync", false);
        json.put("multi", multi).put("includeAll", multi);
        ObjectNode current = JSON.objectNode();
        if (multi) {
            json.put("allValue", ".*");
            current.putArray("text").add("All");
            current.putArray("value").add("$__all");
        } else {
            current.put("text", variable.text("single")).put("value", variable.text("single"));
        }
        json.set("current", current);
        json.putArray("options");
    }

    private void row(YamlValue value) {
        YamlFields row = YamlFields.of(value, Set.of("title", "repeat", "panels"));
        ObjectNode json = panels.addObject();
        json.put("type", "row")
                .put("id", panels.size())
                .put("title", row.text("title"))
                .put("collapsed", false);
        row.ifThere("repeat", variable -> json.put("repeat", variable.string()));
        place(json, 0, COLUMNS, 1);
        json.putArray("panels");
        y++;
        int x = 0;
        int tallest = 0;
        for (YamlValue description : row.list("panels")) {
            PanelWriter panel = new PanelWriter(description, shared);
            if (x + panel.width() > COLUMNS) {
                y += tallest;
                x = 0;
                tallest = 0;
            }
            ObjectNode written = panel.write(panels.size() + 1);
            place(written, x, panel.width(), panel.height());
            panels.add(written);
            x += panel.width();
            tallest = Math.max(tallest, panel.height());
        }
        y += tallest;
    }

    private void place(ObjectNode panel, int x, int width, int height) {
        panel.putObject("gridPos").put("x", x).put("y", y).put("w", width).put("h", height);
    }
}
