package io.vedette.alerts.delivery;

import io.vedette.model.alert.AlertEvent;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What there is to say about an alert beside what it is told apart by; what changes from event to event stands here. */
public final class AlertAnnotations {
    private AlertAnnotations() {}

    /**
     * {@code summary}, {@code description} (what to do), {@code value}, {@code threshold}, {@code runbook_url} and {@code vedette_id}; none is empty.
     * Sorted by name.
     */
    public static NavigableMap<String, String> of(AlertEvent event) {
        NavigableMap<String, String> annotations = new TreeMap<>();
        annotations.put("summary", event.summary());
        annotations.put("description", event.action());
        annotations.put("value", number(event.value()));
        annotations.put("threshold", number(event.threshold()));
        annotations.put("runbook_url", event.runbookUrl());
        annotations.put("vedette_id", event.id());
        annotations.values().removeIf(String::isEmpty);
        return Collections.unmodifiableNavigableMap(annotations);
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return Double.isInfinite(value)
                ? value > 0 ? "+Inf" : "-Inf"
                : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
