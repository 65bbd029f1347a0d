package io.vedette.alerts.message;

import io.vedette.alerts.channel.Language;
import io.vedette.model.alert.AlertEvent.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says a series and its value in words: {@code request_queue_time P50 over 1m: 2.31 s (surely between 2 s and 2.5 s)}. */
final class EvidenceWords {
    private static final Pattern SERIES = Pattern.compile("vedette_[a-z]+_([a-z0-9_]+)(?:\\{(.*)})?");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    /** Endings of names and what they count; the longer ones first. */
    private static final List<Map.Entry<String, String>> UNITS = List.of(
            Map.entry("_per_second", "/s"),
            Map.entry("_celsius", "°C"),
            Map.entry("_seconds", "s"),
            Map.entry("_tokens", "tokens"),
            Map.entry("_watts", "W"),
            Map.entry("_ratio", "%"));

    private EvidenceWords() {}

    static String of(Evidence evidence, Language language) {
        Matcher parts = SERIES.matcher(evidence.series());
        if (!parts.matches()) {
            return Phrase.IS.in(language, evidence.series(), Figures.of(evidence.value(), "", language));
        }
        String name = parts.group(1);
        Optional<Map.Entry<String, String>> unit =
                UNITS.stream().filter(ending -> name.endsWith(ending.getKey())).findFirst();
        String said = unit.map(ending -> name.endsWith("_tokens")
                        ? name
                        : name.substring(0, name.length() - ending.getKey().length()))
                .orElse(name);
        String sign = unit.map(Map.Entry::getValue).orElse("");
        String series = withLabels(said, parts.group(2) == null ? "" : parts.group(2), language);
        String value = figure(evidence.value(), sign, language);
        boolean exact = Double.compare(evidence.lower(), evidence.upper()) == 0 || Double.isNaN(evidence.lower());
        return exact
                ? Phrase.IS.in(language, series, value)
                : Phrase.IS_BETWEEN.in(
                        language,
                        series,
                        value,
                        figure(evidence.lower(), sign, language),
                        figure(evidence.upper(), sign, language));
    }

    private static String figure(double value, String unit, Language language) {
        return unit.equals("%") ? Figures.of(value * 100, unit, language) : Figures.of(value, unit, language);
    }

    private static String withLabels(String name, String labels, Language language) {
        StringBuilder said = new StringBuilder(name);
        String window = "";
        Matcher label = LABEL.matcher(labels);
        while (label.find()) {
            switch (label.group(1)) {
                case "window" -> window = label.group(2);
                case "quantile" -> said.append(" P").append(percentile(label.group(2)));
                default -> said.append(' ').append(label.group(2));
            }
        }
        return window.isEmpty() ? said.toString() : Phrase.OVER.in(language, said, window);
    }

    /** {@code 0.95} is {@code 95}. */
    private static String percentile(String quantile) {
        try {
            return new java.math.BigDecimal(quantile)
                    .movePointRight(2)
                    .stripTrailingZeros()
                    .toPlainString();
        } catch (NumberFormatException e) {
            return quantile;
        }
    }
}
