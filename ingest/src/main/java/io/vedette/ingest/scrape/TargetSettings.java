package io.vedette.ingest.scrape;

import io.vedette.model.sample.Target;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One target as configured.
 *
 * @param url where its metrics are: {@code http} or {@code https}; {@code /metrics} is added where it has no path
 * @param labels its labels; {@code instance} (else the URL's host and port), {@code node}, {@code model_name} and {@code role} ({@code both},
 *     {@code prefill} or {@code decode}) have a meaning, others go along
 * @param gpus the cards that it owns, by index on its node or by UUID; none where that is left to be found out
 * @param interval absent: the agent's
 * @param timeout absent: the agent's, at most the interval
 */
public record TargetSettings(
        URI url,
        Map<String, String> labels,
        List<String> gpus,
        Optional<Duration> interval,
        Optional<Duration> timeout,
        Credentials credentials,
        TlsSettings tls) {
    private static final Pattern GPU = Pattern.compile("\\d{1,3}|(?:GPU|MIG)-[0-9A-Za-z/-]+");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final List<String> ROLES = List.of("both", "prefill", "decode");
    private static final Set<String> MEANINGFUL = Set.of("instance", "node", "model_name", "role");
    private static final Set<String> TAKEN = Set.of(
            "engine",
            "window",
            "quantile",
            "le",
            "reason",
            "source",
            "gpu",
            "uuid",
            "xid",
            "alertname",
            "alertstate",
            "severity");
    private static final int MAX_TEXT = 1024;

    public TargetSettings {
        url = withMetricsPath(checked(url));
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        labels.forEach(TargetSettings::check);
        gpus = gpus.stream().map(String::strip).distinct().toList();
        gpus.forEach(TargetSettings::checkGpu);
        interval.ifPresent(ScrapeTiming::checkInterval);
        interval.ifPresent(length -> timeout.ifPresent(limit -> checkTogether(length, limit)));
        timeout.ifPresent(ScrapeTiming::checkTimeout);
    }

    /** A target of which no cards are configured. */
    public TargetSettings(
            URI url,
            Map<String, String> labels,
            Optional<Duration> interval,
            Optional<Duration> timeout,
            Credentials credentials,
            TlsSettings tls) {
        this(url, labels, List.of(), interval, timeout, credentials, tls);
    }

    /**
     * A target that is only an address.
     *
     * @param url as a user writes it, {@code http://} may be missing
     * @throws IllegalArgumentException when it is no address; the message says what is wrong
     */
    public static TargetSettings of(String url) {
        return new TargetSettings(
                address(url),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                new Credentials.None(),
                TlsSettings.DEFAULT);
    }

    /**
     * Reads an address as a user writes it, {@code http://} may be missing.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static URI address(String url) {
        String text = url.strip();
        try {
            return new URI(text.contains("://") ? text : "http://" + text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "url is no address: '" + shown(text) + "' (" + e.getReason() + "); write http://host:port/metrics",
                    e);
        }
    }

    /** The target's name, its identity: its label {@code instance}, else the host and port of its URL. */
    public String name() {
        String given = labels.get("instance");
        return given != null ? given : url.getHost() + ':' + port(url);
    }

    /** The address of its list of models: beside its metrics, or at the root. */
    public URI modelsUrl() {
        return besideMetrics("/v1/models");
    }

    /** The address where it says which version it is: beside its metrics, or at the root. */
    public URI versionUrl() {
        return besideMetrics("/version");
    }

    private URI besideMetrics(String other) {
        String path = url.getPath();
        String parent = path.endsWith("/metrics") ? path.substring(0, path.length() - "/metrics".length()) : "";
        return url.resolve(parent + other);
    }

    /** When it is scraped, with what the agent has where it does not say. */
    public ScrapeTiming timing(ScrapeTiming agent) {
        Duration length = interval.orElse(agent.interval());
        Duration most = agent.timeout().compareTo(length) < 0 ? agent.timeout() : length;
        return new ScrapeTiming(length, timeout.orElse(most));
    }

    /**
     * The target as records name it.
     *
     * @param node the agent's host, on which targets with a loopback address run; others run on their URL's host unless a label says otherwise
     */
    public Target target(String agent, String node, Map<String, String> externalLabels) {
        Map<String, String> own = new TreeMap<>(externalLabels);
        own.putAll(labels);
        own.keySet().removeAll(MEANINGFUL);
        return new Target(
                name(),
                labels.getOrDefault("node", isLoopback(url.getHost()) ? node : url.getHost()),
                agent,
                labels.getOrDefault("model_name", ""),
                labels.getOrDefault("role", ROLES.get(0)),
                gpus,
                own);
    }

    /**
     * Reads every file that the target names, to find mistakes before the first scrape.
     *
     * @throws IllegalArgumentException when one cannot be used; the message names it
     */
    public void requireReadable() {
        try {
            var unusedHeader = credentials.header();
            var unusedContext = TlsContext.of(tls);
        } catch (IOException e) {
            throw new IllegalArgumentException("target " + name() + ": " + e.getMessage(), e);
        }
    }

    /** Checks a label that is not one of the meaningful ones, such as an external one. */
    public static void checkLabel(String name, String value) {
        if (!LABEL.matcher(name).matches() || name.startsWith("__")) {
            throw new IllegalArgumentException(
                    "label '" + name + "' must be of letters, digits and _, and not begin with a digit or __");
        }
        if (TAKEN.contains(name)) {
            throw new IllegalArgumentException("label '" + name + "' is one that the series have; choose another name");
        }
        if (value.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "label '" + name + "' has " + value.length() + " characters; at most " + MAX_TEXT + " are allowed");
        }
    }

    private static void check(String name, String value) {
        checkLabel(name, value);
        if (name.equals("role") && !ROLES.contains(value)) {
            throw new IllegalArgumentException("label role must be both, prefill or decode: '" + value + "'");
        }
        if (name.equals("instance") && value.isBlank()) {
            throw new IllegalArgumentException("label instance must not be empty; leave it out for host:port");
        }
    }

    /**
     * Checks the name of a card.
     *
     * @throws IllegalArgumentException when it is neither an index nor a UUID
     */
    public static void checkGpu(String gpu) {
        if (!GPU.matcher(gpu).matches()) {
            throw new IllegalArgumentException("gpus: '" + gpu
                    + "' is neither an index such as 0 nor a UUID such as GPU-6b2…; nvidia-smi -L shows both");
        }
    }

    private static void checkTogether(Duration interval, Duration timeout) {
        var unused = new ScrapeTiming(interval, timeout);
    }

    private static URI checked(URI url) {
        String scheme = String.valueOf(url.getScheme());
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "url of " + url.getHost() + " must not hold a user and password; use basic_auth instead");
        }
        if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
            throw new IllegalArgumentException("url must begin with http:// or https://: '" + url + "'");
        }
        if (url.getHost() == null || url.getPort() == 0 || url.getPort() > 65_535) {
            throw new IllegalArgumentException("url has no host or no right port: '" + shown(url.toString())
                    + "'; write http://host:port/metrics");
        }
        return url;
    }

    /** Without the user and password, which a URL that is none may hold all the same. */
    private static String shown(String url) {
        int begin = url.indexOf("//") < 0 ? 0 : url.indexOf("//") + 2;
        int end = url.lastIndexOf('@');
        return end < begin ? url : url.substring(0, begin) + "***" + url.substring(end);
    }

    private static URI withMetricsPath(URI url) {
        String path = url.getRawPath();
        if (path != null && !path.isEmpty() && !path.equals("/")) {
            return url;
        }
        String query = url.getRawQuery() == null ? "" : '?' + url.getRawQuery();
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + "/metrics" + query);
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    static int port(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }
}
