package io.vedette.jobs.rules;

import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All that is wrong with rule files, each in the order of its place.
 *
 * @param rules how many rules have no mistake
 * @param mistakes with which the rules cannot run
 * @param doubts with which they can, though hardly as they were meant
 */
public record RuleCheck(int rules, List<ConfigurationException> mistakes, List<ConfigurationException> doubts) {
    public RuleCheck {
        mistakes = List.copyOf(mistakes);
        doubts = List.copyOf(doubts);
    }

    /** Checks files that run together. */
    public static RuleCheck of(List<YamlValue> files, List<Duration> windows, Map<String, ModelTuning> models) {
        return of(new RuleLoader(windows), files, models);
    }

    /** The same for files that may be meant to run beside the shipped rules: ids that stand there too are doubted. */
    public static RuleCheck besideShipped(
            List<YamlValue> files, List<Duration> windows, Map<String, ModelTuning> models) {
        RuleLoader loader = new RuleLoader(windows);
        Map<String, YamlValue> shipped = ids(RuleSet.builtIn());
        for (YamlValue file : files) {
            Map<String, YamlValue> own = loader.findings().attempt(() -> ids(file), Map.<String, YamlValue>of());
            long shared = own.keySet().stream().filter(shipped::containsKey).count();
            // A file that has most of them is a copy, to run in their place.
            if (shared * 2 <= shipped.size()) {
                own.forEach((id, where) -> {
                    YamlValue other = shipped.get(id);
                    if (other != null) {
                        loader.findings()
                                .doubt(where.mistake("the shipped rules have a '" + id + "' too (" + other.source()
                                        + ':' + other.line() + "); to run beside them, this one needs another id"));
                    }
                });
            }
        }
        return of(loader, files, models);
    }

    private static RuleCheck of(RuleLoader loader, List<YamlValue> files, Map<String, ModelTuning> models) {
        int rules = loader.load(files, models).rules().size();
        return new RuleCheck(
                rules, loader.findings().mistakes(), loader.findings().doubts());
    }

    /** Where each id stands, as far as the file is one of rules. */
    private static Map<String, YamlValue> ids(YamlValue file) {
        Map<String, YamlValue> ids = new LinkedHashMap<>();
        YamlValue list = file.isMapping() ? file.mapping().get("rules") : null;
        if (list != null && list.isSequence()) {
            for (YamlValue rule : list.sequence()) {
                if (rule.isMapping() && rule.mapping().containsKey("id")) {
                    YamlValue id = Objects.requireNonNull(rule.mapping().get("id"));
                    ids.putIfAbsent(id.string(), id);
                }
            }
        }
        return ids;
    }
}
