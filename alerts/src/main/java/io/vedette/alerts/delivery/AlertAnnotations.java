package io.vedette.alerts.delivery;

import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertEvent.ResolvedReason;
import io.vedette.model.yaml.PrometheusDuration;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What there is to say about an alert beside what it is told apart by; what changes from event to event stands here. */
public final class AlertAnnotations {
    private AlertAnnotations() {}

    /**
     * {@code summary}, {@code description} (what to do), {@code pending_since}, {@code value}, {@code threshold}, {@code runbook_url} and
     * {@code vedette_id}; once it is over, {@code resolved_reason} instead of what to do. None is empty. Sorted by name.
     */
    public static NavigableMap<String, String> of(AlertEvent event) {
        NavigableMap<String, String> annotations = new TreeMap<>();
        ResolvedReason reason = event.resolvedReason();
        annotations.put("summary", reason == null ? event.summary() : over(event, reason));
        annotations.put("description", reason == null ? event.action() : "");
        annotations.put("resolved_reason", reason == null ? "" : reason.word());
        annotations.put("pending_since", event.pendingSince().toString());
        annotations.put("value", number(event.value()));
        annotations.put("threshold", number(event.threshold()));
        annotations.put("runbook_url", event.runbookUrl());
        annotations.put("vedette_id", event.id());
        annotations.values().removeIf(String::isEmpty);
        return Collections.unmodifiableNavigableMap(annotations);
    }

    private static String over(AlertEvent event, ResolvedReason reason) {
        return "over after " + PrometheusDuration.format(event.firedFor()) + " (" + reason.word() + "). It was: "
                + event.summary();
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
