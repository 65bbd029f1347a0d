package io.vedette.cli.config;

import io.vedette.ingest.AgentSettings;
import io.vedette.ingest.scrape.Credentials;
import io.vedette.ingest.scrape.ScrapeTiming;
import io.vedette.ingest.scrape.Secret;
import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.ingest.scrape.TlsSettings;
import io.vedette.model.yaml.YamlValue;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code agent:} and {@code external_labels:}. */
final class AgentConfiguration {
    private static final Set<String> KEYS = Set.of("interval", "timeout", "targets");
    private static final Set<String> TARGET_KEYS =
            Set.of("url", "labels", "gpus", "authorization", "basic_auth", "tls_config");
    private static final Set<String> AUTHORIZATION_KEYS = Set.of("type", "credentials", "credentials_file");
    private static final Set<String> BASIC_KEYS = Set.of("username", "password", "password_file");
    private static final Set<String> TLS_KEYS =
            Set.of("ca_file", "cert_file", "key_file", "server_name", "insecure_skip_verify");

    private AgentConfiguration() {}

    static AgentSettings read(Optional<YamlValue> agent, Optional<YamlValue> externalLabels) {
        AgentSettings usual = AgentSettings.of(List.of());
        Map<String, String> external =
                externalLabels.map(AgentConfiguration::externalLabels).orElse(usual.externalLabels());
        Optional<Section> section = agent.map(value -> new Section(value, KEYS));
        ScrapeTiming timing = section.map(AgentConfiguration::timing).orElse(usual.timing());
        List<TargetSettings> targets = section.flatMap(s -> s.get("targets"))
                .map(AgentConfiguration::targets)
                .orElse(List.of());
        return section.flatMap(s -> s.get("targets"))
                .map(list -> Section.at(list, () -> settings(usual, timing, external, targets)))
                .orElseGet(() -> settings(usual, timing, external, targets));
    }

    private static AgentSettings settings(
            AgentSettings usual, ScrapeTiming timing, Map<String, String> external, List<TargetSettings> targets) {
        return new AgentSettings(usual.agent(), usual.node(), timing, usual.limits(), external, targets);
    }

    private static Map<String, String> externalLabels(YamlValue labels) {
        Map<String, String> texts = new LinkedHashMap<>();
        labels.mapping().forEach((name, value) -> {
            var unused = Section.at(value, () -> {
                TargetSettings.checkLabel(name, value.string());
                return name;
            });
            texts.put(name, value.string());
        });
        return texts;
    }

    private static ScrapeTiming timing(Section agent) {
        ScrapeTiming usual = ScrapeTiming.DEFAULT;
        var interval = agent.get("interval").map(YamlValue::duration).orElse(usual.interval());
        var most = interval.compareTo(usual.timeout()) < 0 ? interval : usual.timeout();
        var timeout = agent.get("timeout").map(YamlValue::duration).orElse(most);
        return agent.build(() -> new ScrapeTiming(interval, timeout));
    }

    private static List<TargetSettings> targets(YamlValue list) {
        List<YamlValue> values = list.sequence();
        if (values.isEmpty()) {
            throw list.mistake(
                    "there is no target here; add '- url: http://127.0.0.1:8000/metrics', or leave 'targets' out");
        }
        return values.stream().map(AgentConfiguration::target).toList();
    }

    private static TargetSettings target(YamlValue value) {
        Section target = new Section(value, TARGET_KEYS);
        YamlValue url = target.required("url");
        TargetSettings settings = target.build(() -> new TargetSettings(
                Section.at(url, () -> TargetSettings.address(url.string())),
                target.get("labels").map(AgentConfiguration::labels).orElse(Map.of()),
                target.get("gpus").map(Gpus::read).orElse(List.of()),
                Optional.empty(),
                Optional.empty(),
                credentials(target),
                target.section("tls_config", TLS_KEYS)
                        .map(AgentConfiguration::tls)
                        .orElse(TlsSettings.DEFAULT)));
        return target.build(() -> {
            settings.requireReadable();
            return settings;
        });
    }

    private static Map<String, String> labels(YamlValue labels) {
        Map<String, String> texts = new LinkedHashMap<>();
        labels.mapping().forEach((name, value) -> texts.put(name, value.string()));
        return texts;
    }

    private static Credentials credentials(Section target) {
        Optional<Section> authorization = target.section("authorization", AUTHORIZATION_KEYS);
        Optional<Section> basic = target.section("basic_auth", BASIC_KEYS);
        if (authorization.isPresent() && basic.isPresent()) {
            throw target.mistake("give authorization or basic_auth, not both");
        }
        return authorization
                .map(AgentConfiguration::token)
                .or(() -> basic.map(AgentConfiguration::basic))
                .orElseGet(Credentials.None::new);
    }

    private static Credentials token(Section authorization) {
        String type = authorization.string("type").orElse(Credentials.Authorization.BEARER);
        Secret secret = secret(authorization, "credentials");
        return authorization.build(() -> new Credentials.Authorization(type, secret));
    }

    private static Credentials basic(Section basic) {
        String username = basic.required("username").string();
        Secret secret = secret(basic, "password");
        return basic.build(() -> new Credentials.Basic(username, secret));
    }

    private static Secret secret(Section section, String key) {
        Optional<String> text = section.string(key);
        Optional<Path> file = section.path(key + "_file");
        if (text.isPresent() == file.isPresent()) {
            throw section.mistake("give one of " + key + " and " + key + "_file");
        }
        return text.map(Secret::of).or(() -> file.map(Secret::inFile)).orElseThrow();
    }

    private static TlsSettings tls(Section tls) {
        return tls.build(() -> new TlsSettings(
                tls.path("ca_file"),
                tls.path("cert_file"),
                tls.path("key_file"),
                tls.string("server_name"),
                tls.get("insecure_skip_verify").map(YamlValue::bool).orElse(false)));
    }
}
