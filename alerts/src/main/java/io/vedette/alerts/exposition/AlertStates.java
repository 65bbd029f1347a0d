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

/** Alerts that are pending or firing, as {@code vedette.states} has them: the series {@code vedette_alerts}. Thread-safe. */
public final class AlertStates implements Exposition, CompactedReader.Listener {
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
        FamilyText family = new FamilyText("vedette_alerts", "1 while an alert is pending or firing.", "gauge");
        byFingerprint.values().forEach(state -> family.add(FamilyText.labels(labels(state)), new byte[0], 1));
        family.writeTo(out);
    }

    private static Labels labels(AlertState state) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("alertname", state.alertname());
        labels.put("alertstate", state.word());
        labels.put("severity", state.severity().word());
        return Labels.of(state.entity()).and(Labels.of(labels));
    }
}
