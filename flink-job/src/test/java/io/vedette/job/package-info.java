@NullMarked
package io.vedette.job;

import org.jspecify.annotations.NullMarked;
