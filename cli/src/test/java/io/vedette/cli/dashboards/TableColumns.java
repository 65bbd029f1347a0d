package io.vedette.cli.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.model.yaml.YamlValue;
import java.util.List;
import java.util.Set;

/** The columns of a table: rows of all queries with the same labels become one; labels that are not named stay, behind the others. */
final class TableColumns {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> KEYS =
            Set.of("field", "title", "unit", "decimals", "mapping", "cell", "base", "thresholds", "w", "link");

    private final List<YamlFields> columns;
    private final List<String> hidden;
    private final Shared shared;

    TableColumns(YamlFields panel, Shared shared) {
        this.columns = panel.list("columns").stream()
                .map(column -> YamlFields.of(column, KEYS))
                .toList();
        this.hidden = panel.list("hide").stream().map(YamlValue::string).toList();
        this.shared = shared;
    }

    ArrayNode transformations() {
        ArrayNode transformations = JSON.arrayNode();
        transformations.addObject().put("id", "merge").putObject("options");
        ObjectNode organize = transformations.addObject().put("id", "organize").putObject("options");
        ObjectNode exclude =
                organize.putObject("excludeByName").put("Time", true).put("__name__", true);
        hidden.forEach(field -> exclude.put(field, true));
        ObjectNode index = organize.putObject("indexByName");
        ObjectNode rename = organize.putObject("renameByName");
        for (YamlFields column : columns) {
            index.put(column.text("field"), index.size());
            rename.put(column.text("field"), column.text("title"));
        }
        return transformations;
    }

    void addOverrides(ArrayNode overrides) {
        for (YamlFields column : columns) {
            ArrayNode properties = JSON.arrayNode();
            column.ifThere("unit", unit -> add(properties, "unit").put("value", unit.string()));
            column.ifThere("decimals", decimals -> add(properties, "decimals").put("value", decimals.integer(0, 9)));
            column.ifThere("w", width -> add(properties, "custom.width").put("value", width.integer(0, 2_000)));
            column.ifThere("mapping", name -> add(properties, "mappings")
                    .set("value", FieldSettings.mappings(shared, name, name.string())));
            column.ifThere("cell", cell -> {
                add(properties, "custom.cellOptions").putObject("value").put("type", "color-" + cell.string());
                add(properties, "color").putObject("value").put("mode", "thresholds");
            });
            if (column.find("thresholds").isPresent()) {
                add(properties, "thresholds").set("value", FieldSettings.thresholds(column));
            }
            column.ifThere(
                    "link",
                    target -> add(properties, "links").putArray("value").add(FieldSettings.link(target, "value")));
            if (!properties.isEmpty()) {
                ObjectNode override = overrides.addObject();
                override.putObject("matcher").put("id", "byName").put("options", column.text("title"));
                override.set("properties", properties);
            }
        }
    }

    private static ObjectNode add(ArrayNode properties, String id) {
        return properties.addObject().put("id", id);
    }
}
