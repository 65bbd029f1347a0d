package io.vedette.cli.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A query of a dashboard.
 *
 * @param place in words, for messages
 * @param overTime else at a moment
 */
record PanelQuery(String place, String expression, boolean overTime) {
    /** All queries of a dashboard's panels and annotations. */
    static List<PanelQuery> of(JsonNode dashboard) {
        List<PanelQuery> queries = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(new PanelQuery(
                        dashboard.path("title").asText() + ", "
                                + panel.path("title").asText() + ", "
                                + target.path("refId").asText(),
                        target.path("expr").asText(),
                        target.path("range").asBoolean()));
            }
        }
        for (JsonNode annotation : dashboard.path("annotations").path("list")) {
            queries.add(new PanelQuery(
                    dashboard.path("title").asText() + ", "
                            + annotation.path("name").asText(),
                    annotation.path("target").path("expr").asText(),
                    true));
        }
        return queries;
    }

    /** With values in the place of variables, as Grafana fills them in. */
    PanelQuery with(Map<String, String> variables) {
        String filled = expression;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            filled = filled.replace('$' + variable.getKey(), variable.getValue());
        }
        if (filled.contains("$")) {
            throw new IllegalStateException(place + " has a variable that is not filled in: " + filled);
        }
        return new PanelQuery(place + ' ' + variables, filled, overTime);
    }
}
