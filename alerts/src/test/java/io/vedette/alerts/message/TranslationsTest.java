package io.vedette.alerts.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.alerts.Stories;
import io.vedette.alerts.channel.Language;
import io.vedette.alerts.message.Translations.Said;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TranslationsTest {
    private static final Path RULES = Path.of("..", "rules");
    private static final Path XIDS = Path.of("..", "jobs/src/main/resources/io/vedette/jobs/xid/xids.yaml");

    /** Sentences that are the program's own. */
    private static final Set<String> OURS = Set.of("threshold-misfit", "vedette-test");

    @Test
    void everySentenceOfEveryShippedRuleIsTranslatedAndNothingElseIs() {
        Map<String, Set<String>> translated = translated();
        translated.keySet().removeAll(OURS);

        assertThat(translated).isEqualTo(written());
    }

    /** What a rule says and what its levels say, by its id. */
    private static Map<String, Set<String>> written() {
        Map<String, Set<String>> sentences = new LinkedHashMap<>();
        YamlValue rules = YamlValue.read(RULES.resolve("default.yaml")).orElseThrow();
        for (YamlValue rule : value(rules, "rules").sequence()) {
            Map<String, YamlValue> keys = rule.mapping();
            List<YamlValue> speakers = new ArrayList<>(List.of(rule));
            if (keys.containsKey("levels")) {
                speakers.addAll(keys.get("levels").sequence());
            }
            Set<String> said = new LinkedHashSet<>();
            for (YamlValue speaker : speakers) {
                for (String key : List.of("summary", "action")) {
                    YamlValue sentence = speaker.mapping().get(key);
                    if (sentence != null) {
                        said.add(sentence.string().strip());
                    }
                }
            }
            sentences.put(value(rule, "id").string(), said);
        }
        return sentences;
    }

    private static Map<String, Set<String>> translated() {
        Map<String, Set<String>> sentences = new LinkedHashMap<>();
        YamlValue rules = YamlValue.read(RULES.resolve("zh.yaml")).orElseThrow();
        value(rules, "rules").mapping().forEach((id, pairs) -> {
            Set<String> said = new LinkedHashSet<>();
            pairs.sequence().forEach(pair -> said.add(value(pair, "en").string().strip()));
            sentences.put(id, said);
        });
        return sentences;
    }

    private static YamlValue value(YamlValue mapping, String key) {
        return Objects.requireNonNull(mapping.mapping().get(key), key);
    }

    @Test
    void aRuleIsToldInChineseWithTheSameValues() {
        assertThat(Translations.shipped(Language.CHINESE).of(Stories.FIRING))
                .contains(
                        new Said(
                                "10.0.0.7:8000 (glm-4.7-flash)：排队等待时间为 0.82 s（阈值 0.5 s）；当前有 14 个请求在等待，32 个在运行。",
                                "到达的请求多于引擎能开始处理的请求。请调整调度参数（--enable-chunked-prefill、--block-size、--max-num-seqs），或在队列堵死之前减少发往它的流量。"));
    }

    /** What an XID means, and what to do about it, comes from a catalogue of the jobs and fills whole places. */
    @Test
    void everyXidIsTranslated() {
        YamlValue xids = YamlValue.read(XIDS).orElseThrow();
        Set<String> said = new LinkedHashSet<>();
        for (String part : List.of("classes", "xids")) {
            value(xids, part).mapping().values().forEach(xid -> {
                for (String key : List.of("meaning", "action")) {
                    YamlValue phrase = xid.mapping().get(key);
                    if (phrase != null) {
                        said.add(phrase.string().strip());
                    }
                }
            });
        }
        Set<String> translated = new LinkedHashSet<>();
        value(YamlValue.read(RULES.resolve("zh.yaml")).orElseThrow(), "phrases")
                .mapping()
                .keySet()
                .forEach(phrase -> translated.add(phrase.strip()));

        assertThat(said).isNotEmpty();
        assertThat(translated).containsAll(said);
    }

    @Test
    void aRuleIsTranslatedWholeOrNotAtAll() {
        Translations translations =
                Translations.read(YamlValue.parse("zh.yaml", """
                        rules:
                          queue-slow:
                            - en: "{entity}: the wait in the queue is {value} (limit {threshold})[; {a} are waiting now, {b} running]."
                              zh: "{entity}：{value}"
                        """).orElseThrow(), Language.CHINESE);

        assertThat(translations.of(Stories.FIRING)).as("its action is missing").isEmpty();
        assertThat(translations.of(Stories.CHANGED)).as("it has no entry").isEmpty();
    }

    @Test
    void aTranslationMayNotSayWhatTheEnglishSentenceDoesNotKnow() {
        assertThatThrownBy(() -> Translations.read(
                        YamlValue.parse("zh.yaml", "rules: {a: [{en: '{value}', zh: '{valeu}'}]}")
                                .orElseThrow(),
                        Language.CHINESE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("zh.yaml:1:")
                .hasMessageContaining("'{valeu}' is not in the English sentence");
    }
}
