package io.vedette.bench;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Many rules such as a team would write: other signals, windows and limits in each, some with levels, gates, references and texts. Most are quiet on a
 * service at work. The same for the same number.
 */
final class UsersRules {
    private static final List<String> HISTOGRAMS = List.of(
            "e2e_request_latency",
            "time_to_first_token",
            "inter_token_latency",
            "request_queue_time",
            "request_prefill_time",
            "request_decode_time");
    private static final List<String> COUNTERS = List.of("generation_tokens", "prompt_tokens", "finished_requests");
    private static final List<String> GAUGES = List.of("requests_waiting", "requests_running", "kv_cache_usage");
    private static final List<String> WINDOWS = List.of("1m", "5m", "10m");
    private static final List<String> SCOPES = List.of("[replica]", "[model]", "[replica, model]");

    private final Random random = new Random(5);

    /** A rule file. */
    String yaml(int rules) {
        StringBuilder yaml = new StringBuilder("rules:\n");
        for (int i = 0; i < rules; i++) {
            yaml.append(rule(i));
        }
        return yaml.toString();
    }

    private String rule(int index) {
        String head = "  - id: team-rule-" + index + "\n    scope: " + oneOf(SCOPES) + "\n    window: " + oneOf(WINDOWS)
                + '\n';
        return head
                + switch (index % 6) {
                    case 0, 1 -> slow();
                    case 2 -> fallen();
                    case 3 -> full();
                    case 4 -> failing();
                    default -> longPrompts();
                }
                + "    action: See docs/team.md.\n";
    }

    /** A quantile against limits of its own, in two levels. */
    private String slow() {
        String histogram = oneOf(HISTOGRAMS);
        String quantile = histogram + ".quantile(" + oneOf(List.of("0.5", "0.9", "0.95", "0.99")) + ")";
        return text("requires", histogram + ".observations >= " + (20 + random.nextInt(80)))
                + "    misfit: " + (random.nextInt(4) == 0) + '\n'
                + "    levels:\n"
                + level(
                        "critical",
                        quantile + " > critical_limit",
                        "critical_limit: " + limit(40, 400),
                        quantile,
                        "critical_limit")
                + level("warning", quantile + " > limit", "limit: " + limit(20, 40), quantile, "limit")
                + text("summary", "{entity}: {value} (limit {threshold}); {requests_waiting} are waiting.");
    }

    /** A rate against what it was. */
    private String fallen() {
        String rate = oneOf(COUNTERS) + ".per_second";
        String before = random.nextBoolean() ? "over(" + rate + ", \"10m\")" : "at_onset(over(" + rate + ", \"10m\"))";
        return single(
                rate + " < share * " + before + " && requests_waiting > least",
                "share: " + limit(0.05, 0.2) + ", least: " + random.nextInt(50),
                rate,
                "share * " + before);
    }

    private String full() {
        String gauge = oneOf(GAUGES);
        String limit = gauge.equals("kv_cache_usage") ? limit(0.97, 1) : limit(200, 2_000);
        return single(gauge + ".mean > limit && " + gauge + " > limit", "limit: " + limit, gauge + ".mean", "limit");
    }

    private String failing() {
        String reason = oneOf(List.of("error", "abort", "length"));
        String share = "finished_requests.growth(\"" + reason + "\") / finished_requests.growth";
        return single(
                "finished_requests.growth >= least && " + share + " > limit || request_failure_ratio > limit",
                "least: " + (20 + random.nextInt(80)) + ", limit: " + limit(0.5, 0.99),
                share,
                "limit");
    }

    private String longPrompts() {
        String share = "request_prompt_tokens.share_above(longest)";
        return single(
                share + " > limit && request_prompt_tokens.observations >= 20",
                "longest: " + (1_000 + random.nextInt(60_000)) + ", limit: " + limit(0.5, 0.99),
                share,
                "limit");
    }

    private String single(String when, String parameters, String value, String threshold) {
        return text("when", when)
                + "    for: " + (1 + random.nextInt(10)) + "m\n"
                + "    severity: warning\n"
                + "    parameters: {" + parameters + "}\n"
                + text("value", value)
                + text("threshold", threshold)
                + text("summary", "{entity}: {value} (limit {threshold}).");
    }

    private static String level(String severity, String when, String parameters, String value, String threshold) {
        return "      - severity: " + severity + "\n        for: 2m\n        when: " + when + "\n        parameters: {"
                + parameters + "}\n        value: " + value + "\n        threshold: " + threshold + '\n';
    }

    private static String text(String key, String value) {
        return "    " + key + ": >-\n      " + value + '\n';
    }

    private String limit(double from, double to) {
        return String.format(Locale.ROOT, "%.3f", from + random.nextDouble() * (to - from));
    }

    private String oneOf(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
