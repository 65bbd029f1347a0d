package io.vedette.alerts.delivery;

import io.vedette.model.alert.AlertEvent;
import io.vedette.model.series.Labels;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What an alert is told apart and matched by. */
public final class AlertLabels {
    private AlertLabels() {}

    /**
     * {@code alertname}, {@code severity}, {@code family} and the labels of the entity, external ones included; none is empty. Sorted by name.
     */
    public static NavigableMap<String, String> of(AlertEvent event) {
        NavigableMap<String, String> labels = new TreeMap<>();
        Labels.ofAlerts(event.entity()).forEach(labels::put);
        labels.put("alertname", event.alertname());
        labels.put("severity", event.severity().word());
        labels.remove("family");
        if (!event.family().isEmpty()) {
            labels.put("family", event.family());
        }
        return Collections.unmodifiableNavigableMap(labels);
    }
}
