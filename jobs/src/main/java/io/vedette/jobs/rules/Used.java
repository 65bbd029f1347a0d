package io.vedette.jobs.rules;

import dev.cel.common.ast.CelExpr;
import io.vedette.jobs.rules.Vocabulary.Word;
import io.vedette.model.yaml.ConfigurationException;

/** A word of the language where an expression uses it. */
record Used(Expression in, CelExpr at, Word word, Reading reading) {
    /** A mistake at the word. */
    ConfigurationException mistake(String problem) {
        return in.mistake(at.id(), problem);
    }
}
