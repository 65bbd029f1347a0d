package io.vedette.alerts.exposition;

import io.vedette.kafka.CompactedReader;
import io.vedette.kafka.CompactedRecord;
import io.vedette.kafka.RejectedRecord;
import io.vedette.kafka.RejectedRecords;
import io.vedette.model.alert.AlertFormatException;
import io.vedette.model.alert.AlertJson;
import io.vedette.model.alert.AlertState;
import io.vedette.model.series.Labels;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Alerts that are pending or firing, as {@code vedette.states} has them: the series {@code vedette_alerts}, and since when. Thread-safe. */
public final class AlertStates implements Exposition, CompactedReader.Listener {
    private static final double MILLIS_PER_SECOND = 1000;

    private final Map<String, AlertState> byFingerprint = new ConcurrentSkipListMap<>();
    private final RejectedRecords rejected;

    /** @param rejected takes what is no state */
    public AlertStates(RejectedRecords rejected) {
        this.rejected = rejected;
    }

    @Override
    public void accept(CompactedRecord record) {
        byte[] value = record.value();
        if (value == null) {
            byFingerprint.remove(record.key());
            return;
        }
        try {
            AlertJson.readState(value)
                    .ifPresentOrElse(
                            state -> byFingerprint.put(record.key(), state), () -> byFingerprint.remove(record.key()));
        } catch (AlertFormatException e) {
            rejected.reject(RejectedRecord.of(record.source(), "unreadable-state", String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        FamilyText alerts = new FamilyText("vedette_alerts", "1 while an alert is pending or firing.", "gauge");
        FamilyText since = new FamilyText(
                "vedette_alert_since_timestamp_seconds",
                "Unix time at which an alert began to be pending or to fire.",
                "gauge");
        for (AlertState state : byFingerprint.values()) {
            byte[] labels = FamilyText.entity(labels(state));
            alerts.add(labels, new byte[0], 1);
            since.add(labels, new byte[0], state.since().toEpochMilli() / MILLIS_PER_SECOND);
        }
        alerts.writeTo(out);
        since.writeTo(out);
    }

    private static Labels labels(AlertState state) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("alertname", state.alertname());
        labels.put("alertstate", state.word());
        labels.put("severity", state.severity().word());
        return Labels.of(state.entity()).and(Labels.of(labels));
    }
}
