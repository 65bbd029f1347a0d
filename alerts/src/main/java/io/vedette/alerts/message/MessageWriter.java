package io.vedette.alerts.message;

import io.vedette.alerts.channel.Language;
import io.vedette.alerts.channel.Wording;
import io.vedette.alerts.delivery.News;
import io.vedette.alerts.message.Message.Field;
import io.vedette.alerts.message.Message.Tone;
import io.vedette.alerts.message.Translations.Said;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertEvent.ResolvedReason;
import io.vedette.model.alert.AlertEvent.State;
import io.vedette.model.alert.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says in words what a channel is to be told. Thread-safe. */
public final class MessageWriter {
    private static final int MOST_EVIDENCE = 4;

    private final Language language;
    private final Translations translations;
    private final Places places;
    private final Times times;
    private final Links links;

    public MessageWriter(Wording wording) {
        this.language = wording.language();
        this.translations = Translations.shipped(language);
        this.places = new Places(language);
        this.times = new Times(wording.zone());
        this.links = new Links(language, wording.dashboard());
    }

    /**
     * What to say of some news.
     *
     * @param news of one family and one state, each fingerprint once; at least one
     */
    public Message write(List<News> news) {
        return news.size() == 1 ? ofOne(news.get(0)) : ofSeveral(news);
    }

    private Message ofOne(News news) {
        AlertEvent event = news.event();
        Said said = said(event);
        List<Field> fields = event.state() == State.FIRING ? firing(event, said) : over(event, said);
        return new Message(
                language,
                tone(event),
                clean(Phrase.TITLE.in(language, headline(news), event.alertname(), places.brief(event.entity()))),
                clean(event.state() == State.FIRING ? said.summary() : overAfter(event)),
                fields,
                links.of(event),
                Phrase.SENT_BY.in(language, event.fingerprint()));
    }

    private List<Field> firing(AlertEvent event, Said said) {
        List<Field> fields = new ArrayList<>();
        add(fields, Phrase.WHERE, places.whole(event.entity()), true);
        String since = times.dayAndTime(event.startsAt());
        add(
                fields,
                Phrase.SINCE,
                event.pendingSince().equals(event.startsAt())
                        ? since
                        : Phrase.SINCE_WITH_ONSET.in(language, since, times.time(event.pendingSince())),
                true);
        add(fields, Phrase.HOW_BAD, measured(event), true);
        add(
                fields,
                Phrase.WHY,
                String.join(
                        "\n",
                        event.evidence().stream()
                                .limit(MOST_EVIDENCE)
                                .map(evidence -> "• " + EvidenceWords.of(evidence, language))
                                .toList()),
                false);
        add(fields, Phrase.NEXT_STEP, said.action(), false);
        add(fields, Phrase.RUNBOOK, Links.pathOf(event), true);
        return fields;
    }

    private List<Field> over(AlertEvent event, Said said) {
        List<Field> fields = new ArrayList<>();
        add(fields, Phrase.LASTED, lasted(event), true);
        add(fields, Phrase.WHERE, places.whole(event.entity()), true);
        add(fields, Phrase.NOW, measured(event), true);
        add(fields, Phrase.IT_WAS, said.summary(), false);
        return fields;
    }

    private Message ofSeveral(List<News> news) {
        News worst = worstFirst(news).get(0);
        List<Field> fields = new ArrayList<>();
        Map<String, String> actions = new LinkedHashMap<>();
        for (News one : worstFirst(news)) {
            AlertEvent event = one.event();
            Said said = said(event);
            boolean firing = event.state() == State.FIRING;
            String time = firing
                    ? Phrase.SINCE.in(language) + ": " + times.dayAndTime(event.startsAt())
                    : Phrase.LASTED.in(language) + ": " + lasted(event);
            fields.add(new Field(
                    clean(Phrase.TITLE.in(language, headline(one), event.alertname(), places.brief(event.entity()))),
                    clean((firing ? said.summary() : overAfter(event)) + "\n" + time),
                    false));
            if (firing && !said.action().isEmpty()) {
                actions.putIfAbsent(event.alertname(), said.action());
            }
        }
        actions.forEach((alertname, action) ->
                fields.add(new Field(Phrase.NEXT_STEP_OF.in(language, alertname), clean(action), false)));
        AlertEvent event = worst.event();
        return new Message(
                language,
                toneOfAll(news, worst),
                clean(Phrase.TITLE_OF_SEVERAL.in(language, headline(worst), news.size(), event.family())),
                "",
                fields,
                links.of(event),
                Phrase.SENT_BY.in(
                        language,
                        String.join(
                                " ",
                                news.stream()
                                        .map(one -> one.event().fingerprint())
                                        .toList())));
    }

    private static List<News> worstFirst(List<News> news) {
        return news.stream()
                .sorted(Comparator.comparing((News one) -> one.event().severity())
                        .reversed())
                .toList();
    }

    private Said said(AlertEvent event) {
        return translations.of(event).orElseGet(() -> new Said(event.summary(), event.action()));
    }

    private void add(List<Field> fields, Phrase name, String text, boolean brief) {
        if (!text.isEmpty()) {
            fields.add(new Field(name.in(language), clean(text), brief));
        }
    }

    private String headline(News news) {
        AlertEvent event = news.event();
        if (event.state() == State.RESOLVED) {
            return (event.resolvedReason() == ResolvedReason.RECOVERED ? Phrase.RECOVERED : Phrase.ENDED).in(language);
        }
        String severity = severity(event.severity());
        Optional<Severity> before = news.open().map(AlertEvent::severity).filter(other -> other != event.severity());
        return before.isEmpty() ? severity : Phrase.CHANGED.in(language, severity, severity(before.get()));
    }

    private String severity(Severity severity) {
        Phrase word =
                switch (severity) {
                    case CRITICAL -> Phrase.CRITICAL;
                    case WARNING -> Phrase.WARNING;
                    case INFO -> Phrase.INFO;
                };
        return word.in(language);
    }

    private String measured(AlertEvent event) {
        if (Double.isNaN(event.value()) && Double.isNaN(event.threshold())) {
            return "";
        }
        String value = Figures.of(event.value(), event.unit(), language);
        if (Double.isNaN(event.threshold())) {
            return value;
        }
        String limit = Figures.of(event.threshold(), event.unit(), language);
        return event.window().isEmpty()
                ? Phrase.AGAINST.in(language, value, limit)
                : Phrase.AGAINST_OVER.in(language, value, limit, event.window());
    }

    private String lasted(AlertEvent event) {
        Instant end = event.endsAt() == null ? event.updatedAt() : event.endsAt();
        return Phrase.FROM_TO.in(
                language,
                Figures.of(event.firedFor()),
                times.dayAndTime(event.startsAt()),
                times.timeAfter(event.startsAt(), end));
    }

    private String overAfter(AlertEvent event) {
        return Phrase.OVER_AFTER.in(language, Figures.of(event.firedFor()), why(event));
    }

    private String why(AlertEvent event) {
        ResolvedReason reason = event.resolvedReason();
        Phrase phrase =
                switch (reason == null ? ResolvedReason.RECOVERED : reason) {
                    case RECOVERED -> Phrase.WHY_RECOVERED;
                    case NO_DATA -> Phrase.WHY_NO_DATA;
                    case REMOVED -> Phrase.WHY_REMOVED;
                    case RULE_GONE -> Phrase.WHY_RULE_GONE;
                };
        return phrase.in(language);
    }

    /** That of the worst; several that are over are well only if each of them is. */
    private static Tone toneOfAll(List<News> news, News worst) {
        Tone tone = tone(worst.event());
        boolean anyEnded = news.stream().anyMatch(one -> tone(one.event()) == Tone.ENDED);
        return tone == Tone.RECOVERED && anyEnded ? Tone.ENDED : tone;
    }

    private static Tone tone(AlertEvent event) {
        if (event.state() == State.RESOLVED) {
            return event.resolvedReason() == ResolvedReason.RECOVERED ? Tone.RECOVERED : Tone.ENDED;
        }
        return switch (event.severity()) {
            case CRITICAL -> Tone.CRITICAL;
            case WARNING -> Tone.WARNING;
            case INFO -> Tone.INFO;
        };
    }

    /** Without characters that steer: an engine's word for its model must not turn the message around. Line feeds stay in texts. */
    private static String clean(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}&&[^\\n]]+", " ").strip();
    }
}
