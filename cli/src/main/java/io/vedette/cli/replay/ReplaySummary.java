package io.vedette.cli.replay;

import io.vedette.model.alert.AlertEvent;
import io.vedette.model.entity.Entity;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.yaml.PrometheusDuration;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells what came of a replay. */
final class ReplaySummary {
    private static final int MOST_NAMES = 8;

    private ReplaySummary() {}

    static void print(ReplayResult result, PrintWriter out) {
        Duration length = Duration.ofMillis(result.lastMillis() - result.firstMillis());
        out.printf(
                Locale.ROOT,
                "%d scrapes (%d failed) of %s, %s to %s (%s)%n",
                result.scrapes(),
                result.failedScrapes(),
                targets(result.targets()),
                seconds(result.firstMillis()),
                seconds(result.lastMillis()),
                PrometheusDuration.format(length.truncatedTo(ChronoUnit.SECONDS)));
        result.problems().forEach(problem -> out.println("problem: " + problem));
        if (result.events().isEmpty()) {
            out.println("no alerts");
        } else {
            out.println();
            table(result).forEach(out::println);
        }
        out.flush();
    }

    private static String targets(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        String more = names.size() > MOST_NAMES ? ", …" : "";
        return names.size() + (names.size() == 1 ? " target (" : " targets (") + shown + more + ')';
    }

    private static Instant seconds(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Columns are as wide as their widest cell; the last one is not padded. */
    private static List<String> table(ReplayResult result) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("after", "state", "severity", "alert", "where", "what"));
        Instant start = Instant.ofEpochMilli(result.firstMillis());
        result.events().forEach(event -> rows.add(row(event, start)));
        int[] widths = new int[rows.get(0).size() - 1];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return line.append(row.get(widths.length)).toString();
    }

    private static List<String> row(AlertEvent event, Instant start) {
        Duration after = Duration.between(start, event.updatedAt());
        String reason = event.resolvedReason() == null
                ? ""
                : " (" + event.resolvedReason().word() + ')';
        return List.of(
                PrometheusDuration.format(after.truncatedTo(ChronoUnit.SECONDS)),
                event.state().name().toLowerCase(Locale.ROOT) + reason,
                event.severity().word(),
                event.alertname(),
                where(event.entity()),
                event.summary());
    }

    private static String where(Entity entity) {
        return entity.kind() == EntityKind.REPLICA
                ? entity.instance() + (entity.engine().equals("0") ? "" : " engine " + entity.engine())
                : "model " + entity.modelName()
                        + (entity.role().equals(Entity.ROLE_BOTH) ? "" : " (" + entity.role() + ')');
    }
}
