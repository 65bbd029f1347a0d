package io.vedette.cli.up;

import io.vedette.cli.Printable;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.yaml.PrometheusDuration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** An alert as the terminal shows it, in one line: when, what, and what to do. */
final class AlertLine {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private AlertLine() {}

    static String of(AlertEvent event, ZoneId zone) {
        String head = TIME.format(event.updatedAt().atZone(zone))
                + ' '
                + (event.late() ? "(late) " : "")
                + event.state().name()
                + ' ';
        return Printable.of(
                event.state() == AlertEvent.State.FIRING
                        ? head + event.severity().word() + ' ' + event.alertname() + ": " + event.summary() + " To do: "
                                + event.action()
                        : head + event.alertname() + over(event) + ". It was: " + event.summary());
    }

    private static String over(AlertEvent event) {
        AlertEvent.ResolvedReason reason = event.resolvedReason();
        return reason == null
                ? ""
                : " after " + PrometheusDuration.format(event.firedFor()) + " (" + reason.word() + ')';
    }
}
