package io.vedette.cli.rules;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vedette.cli.config.RuleConfiguration;
import io.vedette.cli.rules.ListedRule.ListedLevel;
import io.vedette.cli.rules.ListedRule.ListedParameter;
import io.vedette.jobs.rules.EntityState;
import io.vedette.jobs.rules.ModelTuning;
import io.vedette.jobs.rules.Profile;
import io.vedette.jobs.rules.Rule;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.yaml.PrometheusDuration;
import io.vedette.model.yaml.YamlValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rules that run, as a page or as JSON. */
public final class RuleListing {
    private static final int SEVERITY_WIDTH = 10;
    private static final int FOR_WIDTH = 10;

    private final RuleConfiguration configuration;
    private final RuleSet loaded;
    private final List<ListedRule> rules;

    private RuleListing(RuleConfiguration configuration, RuleSet loaded, List<ListedRule> rules) {
        this.configuration = configuration;
        this.loaded = loaded;
        this.rules = rules;
    }

    /**
     * The rules of a configuration.
     *
     * @throws io.vedette.model.yaml.ConfigurationException when they have a mistake
     */
    public static RuleListing of(RuleConfiguration configuration) {
        RuleSet loaded = configuration.load();
        List<ListedRule> listed = new ArrayList<>();
        List<YamlValue> sources = configuration.files().stream()
                .flatMap(file -> Optional.ofNullable(file.mapping().get("rules")).stream())
                .flatMap(rules -> rules.sequence().stream())
                .toList();
        for (int i = 0; i < sources.size(); i++) {
            listed.add(ListedRule.of(
                    loaded.rules().get(i),
                    sources.get(i),
                    configuration.models().tunings()));
        }
        return new RuleListing(configuration, loaded, listed);
    }

    /** Prints a paragraph for each rule, in 120 columns. */
    public void print(PrintWriter out) {
        for (ListedRule listed : rules) {
            Rule rule = listed.rule();
            out.println(rule.id() + "  (" + place(listed.source()) + ')');
            out.println("  " + about(rule));
            boolean levelled = rule.levels().size() > 1
                    || listed.levels().stream()
                            .anyMatch(level -> !level.parameters().isEmpty());
            if (levelled && !listed.shared().isEmpty()) {
                line("all levels", listed.shared(), out);
            }
            for (ListedLevel level : listed.levels()) {
                String severity = padded(level.level().severity().word(), SEVERITY_WIDTH)
                        + padded("for " + written(level.level().forMillis()), FOR_WIDTH);
                line(severity, levelled ? level.parameters() : listed.shared(), out);
            }
            out.println();
        }
        out.println(rules.size() + (rules.size() == 1 ? " rule" : " rules") + " from "
                + configuration.files().stream().map(YamlValue::source).collect(Collectors.joining(", "))
                + "; windows "
                + configuration.windows().stream()
                        .map(PrometheusDuration::format)
                        .collect(Collectors.joining(", ")));
        models().forEach((model, tuning) -> out.println("model " + model + ": "
                + tuning.profile().word() + ", "
                + loaded.of(model).rules().size() + " of them"));
    }

    private Map<String, ModelTuning> models() {
        return new TreeMap<>(configuration.models().tunings());
    }

    private static String about(Rule rule) {
        return (rule.family().equals(rule.id()) ? "" : "family " + rule.family() + "; ")
                + words(rule.scope(), kind -> kind.face().word()) + "; "
                + (rule.states().size() == states() ? "in any state" : words(rule.states(), EntityState::word))
                + (rule.profiles().size() == Profile.values().length
                        ? ""
                        : "; only " + words(rule.profiles(), Profile::word))
                + (rule.models().isEmpty() ? "" : "; only " + String.join(", ", new TreeSet<>(rule.models())))
                + "; window " + rule.window();
    }

    private static long states() {
        return List.of(EntityState.values()).stream()
                .filter(EntityState::canBeJudged)
                .count();
    }

    private static <E extends Enum<E>> String words(Set<E> of, Function<E, String> word) {
        return of.stream().sorted().map(word).collect(Collectors.joining(", "));
    }

    private static void line(String begin, List<ListedParameter> parameters, PrintWriter out) {
        String start = "  " + padded(begin, SEVERITY_WIDTH + FOR_WIDTH);
        List<String> lines = new ArrayList<>();
        for (ListedParameter parameter : parameters) {
            lines.add(parameter.name() + " = " + parameter.value().string() + "  (line "
                    + parameter.value().line() + ')');
            parameter
                    .byModel()
                    .forEach((model, value) -> lines.add(
                            parameter.name() + " = " + value.string() + " for " + model + "  (" + place(value) + ')'));
        }
        out.println((start + (lines.isEmpty() ? "" : lines.get(0))).stripTrailing());
        lines.stream().skip(1).forEach(more -> out.println(" ".repeat(start.length()) + more));
    }

    private static String place(YamlValue value) {
        return value.source() + ':' + value.line();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String written(long millis) {
        return PrometheusDuration.format(Duration.ofMillis(millis));
    }

    /** An object with {@code rules} and {@code models}. */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeArrayFieldStart("rules");
            for (ListedRule listed : rules) {
                write(listed, json);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("models");
            for (Map.Entry<String, ModelTuning> model : models().entrySet()) {
                json.writeObjectFieldStart(model.getKey());
                json.writeStringField("profile", model.getValue().profile().word());
                strings(
                        "rules",
                        loaded.of(model.getKey()).rules().stream().map(Rule::id).toList(),
                        json);
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(ListedRule listed, JsonGenerator json) throws IOException {
        Rule rule = listed.rule();
        json.writeStartObject();
        json.writeStringField("id", rule.id());
        json.writeStringField("source", place(listed.source()));
        json.writeStringField("family", rule.family());
        strings(
                "scope",
                rule.scope().stream()
                        .map(EntityKind::face)
                        .sorted()
                        .map(EntityKind::word)
                        .toList(),
                json);
        strings("states", rule.states().stream().sorted().map(EntityState::word).toList(), json);
        strings("profiles", rule.profiles().stream().sorted().map(Profile::word).toList(), json);
        strings("models", rule.models().stream().sorted().toList(), json);
        json.writeStringField("window", rule.window());
        json.writeStringField("keep_firing_for", written(rule.keepFiringMillis()));
        json.writeStringField("hold_unknown", written(rule.holdUnknownMillis()));
        parameters(listed.shared(), json);
        json.writeArrayFieldStart("levels");
        for (ListedLevel level : listed.levels()) {
            json.writeStartObject();
            json.writeStringField("severity", level.level().severity().word());
            json.writeStringField("for", written(level.level().forMillis()));
            parameters(level.parameters(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void parameters(List<ListedParameter> parameters, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("parameters");
        for (ListedParameter parameter : parameters) {
            json.writeStartObject();
            json.writeStringField("name", parameter.name());
            number(parameter.value(), json);
            json.writeObjectFieldStart("models");
            for (Map.Entry<String, YamlValue> model : parameter.byModel().entrySet()) {
                json.writeObjectFieldStart(model.getKey());
                number(model.getValue(), json);
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void number(YamlValue value, JsonGenerator json) throws IOException {
        json.writeNumberField("value", value.number());
        json.writeStringField("source", place(value));
    }

    private static void strings(String name, Collection<String> values, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
