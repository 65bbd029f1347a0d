package io.vedette.alerts.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address with places for what an alert is about: {@code https://grafana.example/d/replica?var-instance={instance}&from={from}}.
 *
 * @param text an http or https URL once its places are filled
 */
public record LinkTemplate(String text) {
    /** What a place can stand for. Times are milliseconds since 1970. */
    public static final Set<String> PLACES = Set.of(
            "alertname",
            "family",
            "severity",
            "fingerprint",
            "instance",
            "engine",
            "model_name",
            "role",
            "node",
            "from",
            "to");

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    /** @throws IllegalArgumentException when the text is no such address; the message says what to write instead */
    public LinkTemplate {
        Matcher places = PLACE.matcher(text);
        while (places.find()) {
            if (!PLACES.contains(places.group(1))) {
                throw new IllegalArgumentException("unknown place '{" + places.group(1) + "}' in the address; known: {"
                        + String.join("}, {", new TreeSet<>(PLACES)) + "}");
            }
        }
        String filled = PLACE.matcher(text).replaceAll("x");
        if (!isHttp(filled)) {
            throw new IllegalArgumentException("'" + text
                    + "' is no address; write https://HOST/PATH, with places such as {instance} or {model_name}");
        }
    }

    private static boolean isHttp(String text) {
        try {
            URI uri = URI.create(text);
            return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The address for some values, escaped as parts of a URL are; what has none is empty. */
    public String fill(Map<String, String> values) {
        return PLACE.matcher(text)
                .replaceAll(place ->
                        Matcher.quoteReplacement(URLEncoder.encode(values.getOrDefault(place.group(1), ""), UTF_8)
                                .replace("+", "%20")));
    }
}
