package io.vedette.cli.ruletest;

import java.util.Map;
import java.util.Objects;

/** What stands behind a target and shows metrics, at one scrape after the other. Scrapes are asked for in their order; not thread-safe. */
interface Exposed {
    /** Forgets what was counted, as a process does that begins anew. */
    void restart();

    /**
     * Adds what it shows at a scrape.
     *
     * @param families lines by metric, each beginning with its type
     */
    void write(int scrape, Map<String, StringBuilder> families);

    /** The lines of a metric, to which more can be added. */
    static StringBuilder family(String metric, String type, Map<String, StringBuilder> families) {
        return Objects.requireNonNull(
                families.computeIfAbsent(metric, name -> new StringBuilder("# TYPE " + name + ' ' + type + '\n')));
    }

    /**
     * Adds a line to a metric.
     *
     * @param labels in braces
     */
    static void line(StringBuilder family, String name, String labels, double value) {
        family.append(name).append(labels).append(' ').append(value).append('\n');
    }

    /** Labels as they stand in a line. */
    static String braced(Map<String, String> labels) {
        StringBuilder text = new StringBuilder("{");
        labels.forEach((name, value) -> text.append(text.length() > 1 ? "," : "")
                .append(name)
                .append("=\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                .append('"'));
        return text.append('}').toString();
    }
}
