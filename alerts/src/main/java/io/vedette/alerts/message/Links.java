package io.vedette.alerts.message;

import io.vedette.alerts.channel.Language;
import io.vedette.alerts.channel.LinkTemplate;
import io.vedette.alerts.message.Message.Link;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.entity.Entity;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a message leads to. */
final class Links {
    /** As much as a dashboard shows before an alert and after its end. */
    private static final Duration AROUND = Duration.ofMinutes(30);

    /** What could end a link in one of the formats, or begin something else there. */
    private static final Pattern HARMFUL = Pattern.compile("[\\s\"'<>|()\\[\\]{}\\\\`*]");

    private static final Pattern PATH = Pattern.compile("[\\w./-]+(?:#[\\w-]*)?");

    private final Language language;
    private final Optional<LinkTemplate> dashboard;

    Links(Language language, Optional<LinkTemplate> dashboard) {
        this.language = language;
        this.dashboard = dashboard;
    }

    List<Link> of(AlertEvent event) {
        List<Link> links = new ArrayList<>();
        harmless(event.runbookUrl()).ifPresent(url -> links.add(new Link(Phrase.RUNBOOK.in(language), url)));
        dashboard
                .flatMap(template -> harmless(template.fill(places(event))))
                .ifPresent(url -> links.add(new Link(Phrase.DASHBOARD.in(language), url)));
        return links;
    }

    /** Where the runbook is when it is a file, as without {@code runbook_url}; else empty. */
    static String pathOf(AlertEvent event) {
        return PATH.matcher(event.runbookUrl()).matches() ? event.runbookUrl() : "";
    }

    private static Map<String, String> places(AlertEvent event) {
        Entity entity = event.entity();
        Instant end = event.endsAt() == null ? event.updatedAt() : event.endsAt();
        Map<String, String> places = new HashMap<>();
        places.put("alertname", event.alertname());
        places.put("family", event.family());
        places.put("severity", event.severity().word());
        places.put("fingerprint", event.fingerprint());
        places.put("instance", entity.instance());
        places.put("engine", entity.engine());
        places.put("model_name", entity.modelName());
        places.put("role", entity.role());
        places.put("node", entity.node());
        places.put("from", Long.toString(event.pendingSince().minus(AROUND).toEpochMilli()));
        places.put("to", Long.toString(end.plus(AROUND).toEpochMilli()));
        return places;
    }

    /** The address where it is one of http, with what is special in some format written in hexadecimal. */
    private static Optional<String> harmless(String url) {
        String escaped = HARMFUL.matcher(url)
                .replaceAll(match -> Matcher.quoteReplacement(
                        String.format("%%%02X", (int) match.group().charAt(0))));
        try {
            URI uri = URI.create(escaped);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return http && uri.getHost() != null ? Optional.of(escaped) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
