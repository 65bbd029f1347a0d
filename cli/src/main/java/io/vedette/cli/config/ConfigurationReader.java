package io.vedette.cli.config;

import io.vedette.alerts.GatewaySettings;
import io.vedette.alerts.channel.ChannelConfiguration;
import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.channel.Language;
import io.vedette.alerts.channel.Wording;
import io.vedette.alerts.channel.WordingConfiguration;
import io.vedette.cli.UserMistake;
import io.vedette.ingest.AgentSettings;
import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.jobs.detect.DetectSettings;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.kafka.broker.EmbeddedBroker;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads {@code vedette.yaml} and the flags. The first mistake stops it: a {@link ConfigurationException}, or a {@link UserMistake} in a flag. */
public final class ConfigurationReader {
    private static final Set<String> KEYS =
            Set.of("external_labels", "agent", "engines", "rules", "models", "derived", "alerts", "listen", "data");
    private static final Set<String> LISTEN_KEYS = Set.of("metrics", "kafka");
    private static final Set<String> ALERTS_KEYS =
            Set.of("channels", "runbook_url", "language", "timezone", "dashboard_url");
    private static final String SHIPPED_RULES = "rules/default.yaml";
    private static final String EMPTY_FILE = "{}";
    /** The channel that {@code --webhook} adds; further ones are numbered. */
    private static final String WEBHOOK = "webhook";

    private final Flags flags;
    private final String version;
    private final Section file;

    private ConfigurationReader(Flags flags, String version) {
        this.flags = flags;
        this.version = version;
        YamlValue root = flags.file()
                .flatMap(YamlValue::read)
                .or(() -> YamlValue.parse("vedette.yaml", EMPTY_FILE))
                .orElseThrow();
        this.file = new Section(root, KEYS);
    }

    /**
     * Reads everything that a start needs, rules and files of secrets included.
     *
     * @param version Vedette's own
     */
    public static Configuration read(Flags flags, String version) {
        return new ConfigurationReader(flags, version).read();
    }

    /** Reads what the agent needs, and nothing else but that all keys are known ones. */
    public static AgentSettings readAgent(Flags flags) {
        return new ConfigurationReader(flags, "").agent();
    }

    /**
     * Who is told of alerts.
     *
     * @param runbook page that alerts point to
     */
    public record Channels(List<ChannelSettings> channels, String runbook) {}

    /** Reads who is told of alerts; the rest of the file is left alone. */
    public static Channels readChannels(Path file) {
        ConfigurationReader reader = of(Optional.of(file));
        return new Channels(reader.channels(), reader.runbook());
    }

    /** Reads what a file says about rules; the rest of it is left alone. Without a file, that the shipped rules run. */
    public static RuleConfiguration readRules(Optional<Path> file) {
        return of(file).ruleConfiguration();
    }

    /**
     * Reads a whole file, as a start does, but does not load its rules: what is wrong with those is for the caller to find.
     */
    public static RuleConfiguration readUnloaded(Path file) {
        ConfigurationReader reader = of(Optional.of(file));
        RuleConfiguration rules = reader.ruleConfiguration();
        var unused = reader.read(rules, RuleSet.load(List.of(), rules.windows(), Map.of()));
        return rules;
    }

    /**
     * Reads what a replay heeds of a file: rules, models, engines and windows; the rest of it is left alone.
     *
     * @param rules files instead of those that the file names, where there are any
     */
    public static ReplayConfiguration readReplay(Optional<Path> file, List<String> rules) {
        ConfigurationReader reader = of(file);
        RuleConfiguration configured = reader.ruleConfiguration();
        RuleConfiguration wanted = rules.isEmpty()
                ? configured
                : new RuleConfiguration(
                        rules.stream().map(ConfigurationReader::namedRules).toList(),
                        configured.windows(),
                        configured.models());
        return new ReplayConfiguration(reader.derive(configured), wanted.load());
    }

    private static ConfigurationReader of(Optional<Path> file) {
        return new ConfigurationReader(new Flags(file, List.of(), List.of(), Optional.empty()), "");
    }

    private Configuration read() {
        RuleConfiguration rules = ruleConfiguration();
        return read(rules, rules.load());
    }

    private Configuration read(RuleConfiguration configured, RuleSet rules) {
        Optional<Section> listen = file.section("listen", LISTEN_KEYS);
        return new Configuration(
                agent(),
                derive(configured),
                rules,
                new GatewaySettings(
                        metricsAddress(listen), channels(), derived().settings(), version),
                runbook(),
                listen.flatMap(section -> section.get("kafka"))
                        .map(port -> port.integer(0, 65_535))
                        .orElse(EmbeddedBroker.DEFAULT_PORT),
                flags.data().or(() -> file.path("data")).orElse(Configuration.DEFAULT_DATA));
    }

    private DerivedConfiguration derived() {
        return DerivedConfiguration.read(file.get("derived"));
    }

    private DeriveSettings derive(RuleConfiguration configured) {
        return new DeriveSettings(configured.windows(), configured.models().promptLimits(), catalogue());
    }

    private AgentSettings agent() {
        AgentSettings settings = AgentConfiguration.read(file.get("agent"), file.get("external_labels"));
        List<TargetSettings> targets = new ArrayList<>(settings.targets());
        for (String url : flags.targets()) {
            targets.add(flag("--target", () -> TargetSettings.of(url)));
        }
        if (targets.isEmpty()) {
            targets.add(TargetSettings.of(Configuration.DEFAULT_TARGET));
        }
        return flag("--target", () -> settings.withTargets(targets));
    }

    /** What metrics mean: the shipped engines, and those of a user's files. */
    private Catalogue catalogue() {
        return Catalogue.load(file.get("engines")
                .map(list -> list.sequence().stream().map(YamlValue::path).toList())
                .orElse(List.of()));
    }

    private RuleConfiguration ruleConfiguration() {
        List<Duration> windows = derived().windows();
        return new RuleConfiguration(rules(), windows, ModelsConfiguration.read(file.get("models")));
    }

    private List<YamlValue> rules() {
        return file.get("rules")
                .map(list -> list.sequence().stream()
                        .map(ConfigurationReader::ruleFile)
                        .toList())
                .orElseGet(() -> List.of(RuleSet.builtIn()));
    }

    /** The shipped rules can be named from anywhere, as long as no file of that name is there. */
    private static YamlValue ruleFile(YamlValue name) {
        return ruleFile(name.string(), name.path());
    }

    private static YamlValue namedRules(String file) {
        return ruleFile(file, flag("--rules", () -> Path.of(file)));
    }

    private static YamlValue ruleFile(String name, Path path) {
        return name.equals(SHIPPED_RULES) && !Files.exists(path) ? RuleSet.builtIn() : RuleSet.file(path);
    }

    private List<ChannelSettings> channels() {
        List<ChannelSettings> channels = new ArrayList<>(file.section("alerts", ALERTS_KEYS)
                .flatMap(alerts ->
                        alerts.get("channels").map(list -> ChannelConfiguration.readAll(list, wording(alerts))))
                .orElse(List.of()));
        for (int i = 0; i < flags.webhooks().size(); i++) {
            String name = i == 0 ? WEBHOOK : WEBHOOK + '-' + (i + 1);
            String url = flags.webhooks().get(i);
            ChannelSettings channel = flag("--webhook", () -> ChannelSettings.webhook(name, url));
            if (channels.stream().anyMatch(other -> other.name().equals(name))) {
                throw new UserMistake("--webhook: the configuration has a channel '" + name
                        + "' already; leave the flag out, or give that channel another name");
            }
            channels.add(channel);
        }
        return channels;
    }

    /** How messages are worded where a channel says nothing else: in English and the machine's time. */
    private static Wording wording(Section alerts) {
        Wording usual = new Wording(Language.ENGLISH, ZoneId.systemDefault(), Optional.empty());
        return WordingConfiguration.read(alerts.place(), alerts.values(), usual);
    }

    private String runbook() {
        return file.section("alerts", ALERTS_KEYS)
                .flatMap(alerts -> alerts.get("runbook_url"))
                .map(url -> {
                    String page = url.string();
                    if (page.isBlank() || page.indexOf('#') >= 0) {
                        throw url.mistake("runbook_url is the address of a page without '#', such as "
                                + "https://wiki.example/vedette, not '" + page
                                + "'; the rule's id is added as its anchor");
                    }
                    return page;
                })
                .orElse(DetectSettings.RUNBOOK);
    }

    private static InetSocketAddress metricsAddress(Optional<Section> listen) {
        return listen.flatMap(section -> section.get("metrics"))
                .map(ListenAddress::read)
                .orElse(GatewaySettings.DEFAULT_LISTEN);
    }

    private static <T> T flag(String name, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new UserMistake(name + ": " + e.getMessage(), e);
        }
    }
}
