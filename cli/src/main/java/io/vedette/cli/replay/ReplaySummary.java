package io.vedette.cli.replay;

import io.vedette.cli.EntityName;
import io.vedette.cli.FailedScrapes;
import io.vedette.cli.Printable;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.yaml.PrometheusDuration;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Tells what came of a replay. */
final class ReplaySummary {
    private static final int MOST_NAMES = 8;
    private static final int LEAST_WIDTH = 30;
    private static final double MILLIS_PER_SECOND = 1_000;

    private static final String IN_PLACE =
            "These rules ran in the place of the shipped ones; to run both, name those too:"
                    + " --rules rules/default.yaml, or in vedette.yaml rules: [rules/default.yaml, …].";

    private ReplaySummary() {}

    /**
     * Prints it.
     *
     * @param took how long the replay took
     * @param columns the terminal's width, to which sentences are cut; empty where there is none
     */
    static void print(ReplayResult result, Duration took, OptionalInt columns, PrintWriter out) {
        Duration length = Duration.ofMillis(result.lastMillis() - result.firstMillis());
        out.printf(
                Locale.ROOT,
                "%s, %s to %s: %s in %.1f s%n",
                targets(result.targets()),
                seconds(result.firstMillis()),
                seconds(result.lastMillis()),
                written(length),
                took.toMillis() / MILLIS_PER_SECOND);
        out.printf(
                Locale.ROOT,
                "%d scrapes, %s; %d frames%n",
                result.scrapes(),
                FailedScrapes.inWords(result.failures()),
                result.frames());
        result.problems().forEach(problem -> out.println("problem: " + Printable.of(problem)));
        out.println();
        if (result.events().isEmpty()) {
            out.println("nothing fired");
        } else {
            table(alerts(result), columns).forEach(out::println);
        }
        result.comparison().ifPresent(comparison -> {
            out.println();
            print(comparison, Instant.ofEpochMilli(result.firstMillis()), columns, out);
        });
        out.flush();
    }

    private static void print(RuleComparison comparison, Instant start, OptionalInt columns, PrintWriter out) {
        if (!comparison.besideShipped()) {
            out.println(IN_PLACE);
        }
        int unchanged = comparison.unchanged();
        String same = unchanged + (unchanged == 1 ? " alert" : " alerts") + " as with the shipped rules";
        out.println(comparison.changes().isEmpty() ? same : same + "; otherwise:");
        if (!comparison.changes().isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("change", "family", "where", "with the shipped rules", "with these"));
            comparison.changes().forEach(change -> rows.add(row(change, start)));
            table(rows, columns).forEach(out::println);
        }
    }

    private static List<String> row(RuleComparison.Change change, Instant start) {
        AlertSpan first = change.first();
        AlertSpan shipped = change.shipped();
        AlertSpan own = change.own();
        String shift = shipped == null || own == null || shipped.start().equals(own.start())
                ? ""
                : " " + written(Duration.between(shipped.start(), own.start()).abs());
        return List.of(
                change.kind().name().toLowerCase(Locale.ROOT) + shift,
                first.family(),
                EntityName.of(first.entity()),
                shipped == null ? "-" : told(shipped, start),
                own == null ? "-" : told(own, start));
    }

    /** {@code queue-blocked critical after 4m10s for 5m}. */
    private static String told(AlertSpan span, Instant start) {
        @Nullable Instant end = span.end();
        return span.alertname() + ' ' + span.severity().word() + " after "
                + written(Duration.between(start, span.start()))
                + (end == null ? "" : " for " + written(Duration.between(span.start(), end)));
    }

    private static String targets(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        String more = names.size() > MOST_NAMES ? ", …" : "";
        return names.size() + (names.size() == 1 ? " target (" : " targets (") + shown + more + ')';
    }

    private static Instant seconds(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS);
    }

    private static String written(Duration duration) {
        return PrometheusDuration.format(duration.truncatedTo(ChronoUnit.SECONDS));
    }

    private static List<List<String>> alerts(ReplayResult result) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("after", "state", "severity", "alert", "where", "what"));
        Instant start = Instant.ofEpochMilli(result.firstMillis());
        result.events().forEach(event -> rows.add(row(event, start)));
        return rows;
    }

    /** Columns are as wide as their widest cell; the last one has what is left of the line. */
    private static List<String> table(List<List<String>> cells, OptionalInt columns) {
        List<List<String>> rows = cells.stream()
                .map(row -> row.stream().map(Printable::of).toList())
                .toList();
        int[] widths = new int[rows.get(0).size() - 1];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths, columns)).toList();
    }

    private static String line(List<String> row, int[] widths, OptionalInt columns) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        String last = row.get(widths.length);
        int left = columns.isPresent() ? Math.max(LEAST_WIDTH, columns.getAsInt() - line.length()) : last.length();
        return line.append(last.length() <= left ? last : last.substring(0, left - 1) + '…')
                .toString();
    }

    private static List<String> row(AlertEvent event, Instant start) {
        return List.of(
                written(Duration.between(start, event.updatedAt())),
                event.state().name().toLowerCase(Locale.ROOT),
                event.severity().word(),
                event.alertname(),
                EntityName.of(event.entity()),
                what(event));
    }

    private static String what(AlertEvent event) {
        AlertEvent.@Nullable ResolvedReason reason = event.resolvedReason();
        return reason == null ? event.summary() : reason.word() + " after " + written(event.firedFor());
    }
}
