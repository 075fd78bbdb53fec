"""What scikit-learn's estimators offer beside what all of them do: which classes have a method or an attribute of a name.

Read from the library itself; a test compares it with the installed one. It tells `hasattr` apart from what is only not translated.
"""

from __future__ import annotations

from typing import Final

_TRANSFORMERS = (
    "Binarizer ColumnTransformer CountVectorizer FastICA FeatureUnion FunctionTransformer GaussianRandomProjection "
    "IsotonicRegression KBinsDiscretizer KMeans KNNImputer KernelPCA LabelBinarizer LabelEncoder "
    "LatentDirichletAllocation LinearDiscriminantAnalysis MaxAbsScaler MinMaxScaler MiniBatchKMeans "
    "MissingIndicator MultiLabelBinarizer NMF Normalizer Nystroem OneHotEncoder OrdinalEncoder PCA PLSRegression "
    "PolynomialFeatures PowerTransformer QuantileTransformer RBFSampler RFE RFECV RobustScaler SelectFromModel "
    "SelectKBest SelectPercentile SequentialFeatureSelector SimpleImputer StackingClassifier StackingRegressor "
    "StandardScaler TfidfTransformer TfidfVectorizer TruncatedSVD VarianceThreshold VotingClassifier "
    "VotingRegressor"
)
"""What transforms also learns and transforms at once."""
METHODS: Final = {
    "aic": "GaussianMixture",
    "apply": (
        "DecisionTreeClassifier DecisionTreeRegressor ExtraTreesClassifier ExtraTreesRegressor "
        "GradientBoostingClassifier GradientBoostingRegressor RandomForestClassifier RandomForestRegressor"
    ),
    "bic": "GaussianMixture",
    "build_analyzer": "CountVectorizer TfidfVectorizer",
    "build_preprocessor": "CountVectorizer TfidfVectorizer",
    "build_tokenizer": "CountVectorizer TfidfVectorizer",
    "correct_covariance": "EllipticEnvelope MinCovDet",
    "cost_complexity_pruning_path": "DecisionTreeClassifier DecisionTreeRegressor",
    "decision_function": (
        "AdaBoostClassifier EllipticEnvelope GradientBoostingClassifier HistGradientBoostingClassifier IsolationForest "
        "LinearDiscriminantAnalysis LinearSVC LogisticRegression OneClassSVM OneVsOneClassifier Perceptron "
        "QuadraticDiscriminantAnalysis RidgeClassifier RidgeClassifierCV SGDClassifier SVC"
    ),
    "decision_path": (
        "DecisionTreeClassifier DecisionTreeRegressor ExtraTreesClassifier ExtraTreesRegressor RandomForestClassifier "
        "RandomForestRegressor"
    ),
    "decode": "CountVectorizer TfidfVectorizer",
    "densify": "LinearSVC LogisticRegression Perceptron SGDClassifier SGDRegressor",
    "error_norm": "EllipticEnvelope EmpiricalCovariance LedoitWolf MinCovDet OAS ShrunkCovariance",
    "fit_predict": (
        "AgglomerativeClustering DBSCAN EllipticEnvelope GaussianMixture IsolationForest KMeans MiniBatchKMeans OneClassSVM"
    ),
    "fit_transform": _TRANSFORMERS,
    "get_covariance": "PCA",
    "get_depth": "DecisionTreeClassifier DecisionTreeRegressor",
    "get_feature_names_out": (
        "Binarizer ColumnTransformer CountVectorizer FastICA FeatureUnion GaussianRandomProjection IsotonicRegression "
        "KBinsDiscretizer KMeans KNNImputer KernelPCA LatentDirichletAllocation LinearDiscriminantAnalysis MaxAbsScaler "
        "MinMaxScaler MiniBatchKMeans MissingIndicator NMF Normalizer Nystroem OneHotEncoder OrdinalEncoder PCA "
        "PLSRegression Pipeline PolynomialFeatures PowerTransformer QuantileTransformer RBFSampler RFE RFECV "
        "RobustScaler SelectFromModel SelectKBest SelectPercentile SequentialFeatureSelector SimpleImputer "
        "StackingClassifier StackingRegressor StandardScaler TfidfTransformer TfidfVectorizer TruncatedSVD "
        "VarianceThreshold VotingClassifier VotingRegressor"
    ),
    "get_n_leaves": "DecisionTreeClassifier DecisionTreeRegressor",
    "get_precision": "EllipticEnvelope EmpiricalCovariance LedoitWolf MinCovDet OAS PCA ShrunkCovariance",
    "get_stop_words": "CountVectorizer TfidfVectorizer",
    "get_support": "RFE RFECV SelectFromModel SelectKBest SelectPercentile SequentialFeatureSelector VarianceThreshold",
    "inverse_transform": (
        "CountVectorizer FastICA FunctionTransformer GaussianRandomProjection KBinsDiscretizer KernelPCA LabelBinarizer "
        "LabelEncoder MaxAbsScaler MinMaxScaler MultiLabelBinarizer NMF OneHotEncoder OrdinalEncoder PCA PLSRegression "
        "PowerTransformer QuantileTransformer RFE RFECV RobustScaler SelectFromModel SelectKBest SelectPercentile "
        "SequentialFeatureSelector SimpleImputer StandardScaler TfidfVectorizer TruncatedSVD VarianceThreshold"
    ),
    "kneighbors": "KNeighborsClassifier KNeighborsRegressor LocalOutlierFactor NearestNeighbors",
    "kneighbors_graph": "KNeighborsClassifier KNeighborsRegressor LocalOutlierFactor NearestNeighbors",
    "log_marginal_likelihood": "GaussianProcessRegressor",
    "mahalanobis": "EllipticEnvelope EmpiricalCovariance LedoitWolf MinCovDet OAS ShrunkCovariance",
    "partial_fit": (
        "BernoulliNB CategoricalNB ComplementNB GaussianNB LatentDirichletAllocation MaxAbsScaler MinMaxScaler "
        "MiniBatchKMeans MultinomialNB Perceptron SGDClassifier SGDRegressor StandardScaler"
    ),
    "perplexity": "LatentDirichletAllocation",
    "predict": (
        "ARDRegression AdaBoostClassifier AdaBoostRegressor BaggingClassifier BaggingRegressor BayesianRidge "
        "BernoulliNB CalibratedClassifierCV CategoricalNB ClassifierChain ComplementNB DecisionTreeClassifier "
        "DecisionTreeRegressor DummyClassifier DummyRegressor ElasticNet ElasticNetCV EllipticEnvelope "
        "ExtraTreesClassifier ExtraTreesRegressor GammaRegressor GaussianMixture GaussianNB GaussianProcessRegressor "
        "GradientBoostingClassifier GradientBoostingRegressor HistGradientBoostingClassifier "
        "HistGradientBoostingRegressor HuberRegressor IsolationForest IsotonicRegression KMeans KNeighborsClassifier "
        "KNeighborsRegressor KernelRidge LabelPropagation LabelSpreading Lasso LassoCV LinearDiscriminantAnalysis "
        "LinearRegression LinearSVC LinearSVR LogisticRegression MLPClassifier MLPRegressor MiniBatchKMeans "
        "MultiOutputClassifier MultiOutputRegressor MultinomialNB NearestCentroid OneClassSVM OneVsOneClassifier "
        "OneVsRestClassifier PLSRegression Perceptron PoissonRegressor QuadraticDiscriminantAnalysis RANSACRegressor "
        "RandomForestClassifier RandomForestRegressor RegressorChain Ridge RidgeCV RidgeClassifier RidgeClassifierCV "
        "SGDClassifier SGDRegressor SVC SVR TransformedTargetRegressor TweedieRegressor VotingClassifier "
        "VotingRegressor"
    ),
    "predict_joint_log_proba": "BernoulliNB CategoricalNB ComplementNB GaussianNB MultinomialNB",
    "predict_log_proba": (
        "AdaBoostClassifier BaggingClassifier BernoulliNB CategoricalNB ClassifierChain ComplementNB "
        "DecisionTreeClassifier DummyClassifier ExtraTreesClassifier GaussianNB GradientBoostingClassifier "
        "LinearDiscriminantAnalysis LogisticRegression MLPClassifier MultinomialNB QuadraticDiscriminantAnalysis "
        "RandomForestClassifier"
    ),
    "predict_proba": (
        "AdaBoostClassifier BaggingClassifier BernoulliNB CalibratedClassifierCV CategoricalNB ComplementNB "
        "DecisionTreeClassifier DummyClassifier ExtraTreesClassifier GaussianMixture GaussianNB "
        "GradientBoostingClassifier HistGradientBoostingClassifier KNeighborsClassifier LabelPropagation LabelSpreading "
        "LinearDiscriminantAnalysis LogisticRegression MLPClassifier MultinomialNB QuadraticDiscriminantAnalysis "
        "RandomForestClassifier"
    ),
    "radius_neighbors": "NearestNeighbors",
    "radius_neighbors_graph": "NearestNeighbors",
    "reweight_covariance": "EllipticEnvelope MinCovDet",
    "sample": "GaussianMixture KernelDensity",
    "sample_y": "GaussianProcessRegressor",
    "score": (
        "ARDRegression AdaBoostClassifier AdaBoostRegressor BaggingClassifier BaggingRegressor BayesianRidge "
        "BernoulliNB CalibratedClassifierCV CategoricalNB ClassifierChain ComplementNB DecisionTreeClassifier "
        "DecisionTreeRegressor DummyClassifier DummyRegressor ElasticNet ElasticNetCV EllipticEnvelope "
        "EmpiricalCovariance ExtraTreesClassifier ExtraTreesRegressor GammaRegressor GaussianMixture GaussianNB "
        "GaussianProcessRegressor GradientBoostingClassifier GradientBoostingRegressor GridSearchCV "
        "HistGradientBoostingClassifier HistGradientBoostingRegressor HuberRegressor IsotonicRegression KMeans "
        "KNeighborsClassifier KNeighborsRegressor KernelDensity KernelRidge LabelPropagation LabelSpreading Lasso "
        "LassoCV LatentDirichletAllocation LedoitWolf LinearDiscriminantAnalysis LinearRegression LinearSVC LinearSVR "
        "LogisticRegression MLPClassifier MLPRegressor MinCovDet MiniBatchKMeans MultiOutputClassifier "
        "MultiOutputRegressor MultinomialNB NearestCentroid OAS OneVsOneClassifier OneVsRestClassifier PCA "
        "PLSRegression Perceptron PoissonRegressor QuadraticDiscriminantAnalysis RANSACRegressor RFECV "
        "RandomForestClassifier RandomForestRegressor RandomizedSearchCV RegressorChain Ridge RidgeCV RidgeClassifier "
        "RidgeClassifierCV SGDClassifier SGDRegressor SVC SVR ShrunkCovariance StackingClassifier StackingRegressor "
        "TransformedTargetRegressor TweedieRegressor VotingClassifier VotingRegressor"
    ),
    "score_samples": "EllipticEnvelope GaussianMixture IsolationForest KernelDensity OneClassSVM PCA",
    "sparsify": "LinearSVC LogisticRegression Perceptron SGDClassifier SGDRegressor",
    "staged_decision_function": "AdaBoostClassifier GradientBoostingClassifier HistGradientBoostingClassifier",
    "staged_predict": (
        "AdaBoostClassifier AdaBoostRegressor GradientBoostingClassifier GradientBoostingRegressor "
        "HistGradientBoostingClassifier HistGradientBoostingRegressor"
    ),
    "staged_predict_proba": "AdaBoostClassifier GradientBoostingClassifier HistGradientBoostingClassifier",
    "staged_score": "AdaBoostClassifier AdaBoostRegressor",
    "transform": _TRANSFORMERS,
}
"""The methods that every object of the classes has."""
SOMETIMES: Final = {
    "L_": "GaussianProcessRegressor",
    "X_": "LabelPropagation LabelSpreading",
    "X_fit_": "KernelPCA KernelRidge",
    "X_max_": "IsotonicRegression",
    "X_min_": "IsotonicRegression",
    "X_offset_": "ARDRegression BayesianRidge",
    "X_scale_": "ARDRegression BayesianRidge",
    "X_thresholds_": "IsotonicRegression",
    "X_train_": "GaussianProcessRegressor",
    "X_transformed_fit_": "KernelPCA",
    "alpha_": "ARDRegression BayesianRidge ElasticNetCV GaussianProcessRegressor LassoCV RidgeCV RidgeClassifierCV",
    "alphas_": "ElasticNetCV LassoCV",
    "bandwidth_": "KernelDensity",
    "best_estimator_": "GridSearchCV RandomizedSearchCV",
    "best_index_": "GridSearchCV RandomizedSearchCV",
    "best_loss_": "MLPClassifier MLPRegressor",
    "best_params_": "GridSearchCV RandomizedSearchCV",
    "best_score_": "GridSearchCV RandomizedSearchCV RidgeCV RidgeClassifierCV",
    "best_validation_score_": "MLPClassifier MLPRegressor",
    "bin_edges_": "KBinsDiscretizer",
    "bound_": "LatentDirichletAllocation",
    "calibrated_classifiers_": "CalibratedClassifierCV",
    "categories_": "OneHotEncoder OrdinalEncoder",
    "category_count_": "CategoricalNB",
    "center_": "RobustScaler",
    "centroids_": "NearestCentroid",
    "chain_method_": "ClassifierChain",
    "children_": "AgglomerativeClustering",
    "class_count_": "BernoulliNB CategoricalNB ComplementNB GaussianNB MultinomialNB",
    "class_log_prior_": "BernoulliNB CategoricalNB ComplementNB MultinomialNB",
    "class_prior_": "DummyClassifier GaussianNB NearestCentroid",
    "class_weight_": "SVC",
    "classes_": (
        "AdaBoostClassifier BaggingClassifier BernoulliNB CalibratedClassifierCV CategoricalNB ClassifierChain "
        "ComplementNB DecisionTreeClassifier DummyClassifier ExtraTreesClassifier GaussianNB GradientBoostingClassifier "
        "GridSearchCV HistGradientBoostingClassifier KNeighborsClassifier LabelBinarizer LabelEncoder LabelPropagation "
        "LabelSpreading LinearDiscriminantAnalysis LinearSVC LogisticRegression MLPClassifier MultiLabelBinarizer "
        "MultiOutputClassifier MultinomialNB NearestCentroid OneVsOneClassifier OneVsRestClassifier Perceptron Pipeline "
        "QuadraticDiscriminantAnalysis RFE RFECV RandomForestClassifier RandomizedSearchCV RidgeClassifier "
        "RidgeClassifierCV SGDClassifier SVC SelfTrainingClassifier StackingClassifier VotingClassifier"
    ),
    "cluster_centers_": "KMeans MiniBatchKMeans",
    "coef_": (
        "ARDRegression BayesianRidge ElasticNet ElasticNetCV GammaRegressor HuberRegressor Lasso LassoCV "
        "LinearDiscriminantAnalysis LinearRegression LinearSVC LinearSVR LogisticRegression OneClassSVM PLSRegression "
        "Perceptron PoissonRegressor Ridge RidgeCV RidgeClassifier RidgeClassifierCV SGDClassifier SGDRegressor SVC SVR "
        "TweedieRegressor"
    ),
    "coefs_": "MLPClassifier MLPRegressor",
    "component_indices_": "Nystroem",
    "components_": "DBSCAN FastICA GaussianRandomProjection LatentDirichletAllocation NMF Nystroem PCA TruncatedSVD",
    "constant_": "DummyRegressor",
    "converged_": "GaussianMixture",
    "core_sample_indices_": "DBSCAN",
    "covariance_": (
        "EllipticEnvelope EmpiricalCovariance LedoitWolf LinearDiscriminantAnalysis MinCovDet OAS "
        "QuadraticDiscriminantAnalysis ShrunkCovariance"
    ),
    "covariances_": "GaussianMixture",
    "cv_results_": "GridSearchCV RFECV RandomizedSearchCV RidgeCV RidgeClassifierCV",
    "data_max_": "MinMaxScaler",
    "data_min_": "MinMaxScaler",
    "data_range_": "MinMaxScaler",
    "decision_function": (
        "BaggingClassifier ClassifierChain GridSearchCV LocalOutlierFactor NearestCentroid OneVsRestClassifier Pipeline "
        "RFE RFECV RandomizedSearchCV SelfTrainingClassifier StackingClassifier"
    ),
    "deviations_": "NearestCentroid",
    "dist_": "EllipticEnvelope MinCovDet",
    "distances_": "AgglomerativeClustering",
    "do_early_stopping_": "HistGradientBoostingClassifier HistGradientBoostingRegressor",
    "doc_topic_prior_": "LatentDirichletAllocation",
    "drop_idx_": "OneHotEncoder",
    "dual_coef_": "KernelPCA KernelRidge OneClassSVM SVC SVR",
    "dual_gap_": "ElasticNet ElasticNetCV Lasso LassoCV",
    "effective_metric_": "KNeighborsClassifier KNeighborsRegressor LocalOutlierFactor NearestNeighbors",
    "effective_metric_params_": "KNeighborsClassifier KNeighborsRegressor LocalOutlierFactor NearestNeighbors",
    "eigenvalues_": "KernelPCA",
    "eigenvectors_": "KernelPCA",
    "epsilon_": "GaussianNB",
    "estimator_": (
        "AdaBoostClassifier AdaBoostRegressor BaggingClassifier BaggingRegressor ExtraTreesClassifier "
        "ExtraTreesRegressor IsolationForest RANSACRegressor RFE RFECV RandomForestClassifier RandomForestRegressor "
        "SelectFromModel SelfTrainingClassifier"
    ),
    "estimator_errors_": "AdaBoostClassifier AdaBoostRegressor",
    "estimator_weights_": "AdaBoostClassifier AdaBoostRegressor",
    "estimators_": (
        "AdaBoostClassifier AdaBoostRegressor BaggingClassifier BaggingRegressor ClassifierChain ExtraTreesClassifier "
        "ExtraTreesRegressor GradientBoostingClassifier GradientBoostingRegressor IsolationForest MultiOutputClassifier "
        "MultiOutputRegressor OneVsOneClassifier OneVsRestClassifier RandomForestClassifier RandomForestRegressor "
        "RegressorChain StackingClassifier StackingRegressor VotingClassifier VotingRegressor"
    ),
    "estimators_features_": "BaggingClassifier BaggingRegressor IsolationForest",
    "estimators_samples_": (
        "BaggingClassifier BaggingRegressor ExtraTreesClassifier ExtraTreesRegressor IsolationForest "
        "RandomForestClassifier RandomForestRegressor"
    ),
    "exp_dirichlet_component_": "LatentDirichletAllocation",
    "explained_variance_": "PCA TruncatedSVD",
    "explained_variance_ratio_": "LinearDiscriminantAnalysis PCA TruncatedSVD",
    "f_": "IsotonicRegression",
    "feature_all_": "ComplementNB",
    "feature_count_": "BernoulliNB ComplementNB MultinomialNB",
    "feature_importances_": (
        "AdaBoostClassifier AdaBoostRegressor DecisionTreeClassifier DecisionTreeRegressor ExtraTreesClassifier "
        "ExtraTreesRegressor GradientBoostingClassifier GradientBoostingRegressor RandomForestClassifier "
        "RandomForestRegressor"
    ),
    "feature_log_prob_": "BernoulliNB CategoricalNB ComplementNB MultinomialNB",
    "feature_name_combiner": "OneHotEncoder",
    "features_": "MissingIndicator",
    "final_estimator_": "StackingClassifier StackingRegressor",
    "fit_predict": "LocalOutlierFactor Pipeline",
    "fit_status_": "OneClassSVM SVC SVR",
    "fit_transform": "Pipeline",
    "fixed_vocabulary_": "CountVectorizer TfidfVectorizer",
    "gamma_": "KernelPCA",
    "get_feature_names_out": "FunctionTransformer",
    "idf_": "TfidfTransformer TfidfVectorizer",
    "increasing_": "IsotonicRegression",
    "indicator_": "KNNImputer SimpleImputer",
    "inertia_": "KMeans MiniBatchKMeans",
    "infrequent_categories_": "OneHotEncoder OrdinalEncoder",
    "init_": "GradientBoostingClassifier GradientBoostingRegressor",
    "inlier_mask_": "RANSACRegressor",
    "intercept_": (
        "ARDRegression BayesianRidge ElasticNet ElasticNetCV GammaRegressor HuberRegressor Lasso LassoCV "
        "LinearDiscriminantAnalysis LinearRegression LinearSVC LinearSVR LogisticRegression OneClassSVM PLSRegression "
        "Perceptron PoissonRegressor Ridge RidgeCV RidgeClassifier RidgeClassifierCV SGDClassifier SGDRegressor SVC SVR "
        "TweedieRegressor"
    ),
    "intercepts_": "MLPClassifier MLPRegressor",
    "inverse_components_": "GaussianRandomProjection",
    "inverse_transform": "GridSearchCV Pipeline RandomizedSearchCV",
    "is_categorical_": "HistGradientBoostingClassifier HistGradientBoostingRegressor",
    "kernel_": "GaussianProcessRegressor",
    "l1_ratio_": "ElasticNetCV",
    "label_binarizer_": "OneVsRestClassifier",
    "label_distributions_": "LabelPropagation LabelSpreading",
    "labeled_iter_": "SelfTrainingClassifier",
    "labels_": "AgglomerativeClustering DBSCAN KMeans MiniBatchKMeans",
    "lambda_": "ARDRegression BayesianRidge",
    "lambdas_": "PowerTransformer",
    "le_": "VotingClassifier",
    "location_": "EllipticEnvelope EmpiricalCovariance LedoitWolf MinCovDet OAS ShrunkCovariance",
    "log_marginal_likelihood_value_": "GaussianProcessRegressor",
    "loss_": "MLPClassifier MLPRegressor",
    "loss_curve_": "MLPClassifier MLPRegressor",
    "loss_functions": "Perceptron SGDClassifier SGDRegressor",
    "lower_bound_": "GaussianMixture",
    "lower_bounds_": "GaussianMixture",
    "max_abs_": "MaxAbsScaler",
    "max_features_": (
        "DecisionTreeClassifier DecisionTreeRegressor GradientBoostingClassifier GradientBoostingRegressor SelectFromModel"
    ),
    "max_samples_": "IsolationForest",
    "mean_": "FastICA PCA StandardScaler",
    "means_": "GaussianMixture LinearDiscriminantAnalysis QuadraticDiscriminantAnalysis",
    "min_": "MinMaxScaler",
    "mixing_": "FastICA",
    "mse_path_": "ElasticNetCV LassoCV",
    "multilabel_": "OneVsRestClassifier",
    "multimetric_": "GridSearchCV RandomizedSearchCV",
    "n_batch_iter_": "LatentDirichletAllocation",
    "n_bins_": "KBinsDiscretizer",
    "n_categories_": "CategoricalNB",
    "n_classes_": (
        "AdaBoostClassifier BaggingClassifier DecisionTreeClassifier DummyClassifier ExtraTreesClassifier "
        "GradientBoostingClassifier OneVsOneClassifier OneVsRestClassifier RandomForestClassifier"
    ),
    "n_clusters_": "AgglomerativeClustering",
    "n_components_": "GaussianRandomProjection NMF PCA",
    "n_connected_components_": "AgglomerativeClustering",
    "n_estimators_": "GradientBoostingClassifier GradientBoostingRegressor",
    "n_features_": "RFE RFECV",
    "n_features_to_select_": "SequentialFeatureSelector",
    "n_iter_": (
        "ARDRegression BayesianRidge ElasticNet ElasticNetCV FastICA GammaRegressor GaussianMixture "
        "HistGradientBoostingClassifier HistGradientBoostingRegressor HuberRegressor KMeans LabelPropagation "
        "LabelSpreading Lasso LassoCV LatentDirichletAllocation LinearSVC LinearSVR LogisticRegression MLPClassifier "
        "MLPRegressor MiniBatchKMeans NMF OneClassSVM PLSRegression Perceptron PoissonRegressor Ridge RidgeClassifier "
        "SGDClassifier SGDRegressor SVC SVR SelfTrainingClassifier TweedieRegressor"
    ),
    "n_layers_": "MLPClassifier MLPRegressor",
    "n_leaves_": "AgglomerativeClustering",
    "n_neighbors_": "LocalOutlierFactor",
    "n_output_features_": "PolynomialFeatures",
    "n_outputs_": (
        "DecisionTreeClassifier DecisionTreeRegressor DummyClassifier DummyRegressor ExtraTreesClassifier "
        "ExtraTreesRegressor MLPClassifier MLPRegressor RandomForestClassifier RandomForestRegressor"
    ),
    "n_quantiles_": "QuantileTransformer",
    "n_samples_": "PCA",
    "n_samples_fit_": "KNeighborsClassifier KNeighborsRegressor LocalOutlierFactor NearestNeighbors",
    "n_samples_seen_": "MaxAbsScaler MinMaxScaler StandardScaler",
    "n_skips_invalid_data_": "RANSACRegressor",
    "n_skips_invalid_model_": "RANSACRegressor",
    "n_skips_no_inliers_": "RANSACRegressor",
    "n_splits_": "GridSearchCV RandomizedSearchCV",
    "n_steps_": "MiniBatchKMeans",
    "n_support_": "OneClassSVM SVC SVR",
    "n_trees_per_iteration_": (
        "GradientBoostingClassifier GradientBoostingRegressor HistGradientBoostingClassifier HistGradientBoostingRegressor"
    ),
    "n_trials_": "RANSACRegressor",
    "named_estimators": "StackingClassifier StackingRegressor VotingClassifier VotingRegressor",
    "named_estimators_": "StackingClassifier StackingRegressor VotingClassifier VotingRegressor",
    "named_steps": "Pipeline",
    "named_transformers": "FeatureUnion",
    "named_transformers_": "ColumnTransformer",
    "negative_outlier_factor_": "LocalOutlierFactor",
    "noise_variance_": "PCA",
    "normalization_": "Nystroem",
    "offset_": "EllipticEnvelope IsolationForest LocalOutlierFactor OneClassSVM",
    "oob_decision_function_": "BaggingClassifier ExtraTreesClassifier RandomForestClassifier",
    "oob_improvement_": "GradientBoostingClassifier GradientBoostingRegressor",
    "oob_prediction_": "BaggingRegressor ExtraTreesRegressor RandomForestRegressor",
    "oob_score_": (
        "BaggingClassifier BaggingRegressor ExtraTreesClassifier ExtraTreesRegressor GradientBoostingClassifier "
        "GradientBoostingRegressor RandomForestClassifier RandomForestRegressor"
    ),
    "oob_scores_": "GradientBoostingClassifier GradientBoostingRegressor",
    "order_": "ClassifierChain RegressorChain",
    "out_activation_": "MLPClassifier MLPRegressor",
    "outliers_": "HuberRegressor",
    "output_indices_": "ColumnTransformer",
    "outputs_2d_": "KNeighborsClassifier",
    "pairwise_indices_": "OneVsOneClassifier",
    "param": "PLSRegression RidgeClassifierCV",
    "partial_fit": (
        "MLPClassifier MLPRegressor MultiOutputClassifier MultiOutputRegressor OneVsOneClassifier OneVsRestClassifier "
        "SelectFromModel"
    ),
    "path": "ElasticNet ElasticNetCV Lasso LassoCV",
    "powers_": "PolynomialFeatures",
    "precision_": "EllipticEnvelope EmpiricalCovariance LedoitWolf MinCovDet OAS ShrunkCovariance",
    "precisions_": "GaussianMixture",
    "precisions_cholesky_": "GaussianMixture",
    "predict": (
        "GridSearchCV LocalOutlierFactor Pipeline RFE RFECV RandomizedSearchCV SelfTrainingClassifier "
        "StackingClassifier StackingRegressor"
    ),
    "predict_log_proba": (
        "GridSearchCV NearestCentroid Pipeline RFE RFECV RandomizedSearchCV SGDClassifier SVC SelfTrainingClassifier"
    ),
    "predict_proba": (
        "ClassifierChain GridSearchCV MultiOutputClassifier NearestCentroid OneVsRestClassifier Pipeline RFE RFECV "
        "RandomizedSearchCV SGDClassifier SVC SelfTrainingClassifier StackingClassifier VotingClassifier"
    ),
    "priors_": "LinearDiscriminantAnalysis QuadraticDiscriminantAnalysis",
    "probA_": "SVC",
    "probB_": "SVC",
    "pvalues_": "SelectKBest SelectPercentile",
    "quantiles_": "QuantileTransformer",
    "random_offset_": "RBFSampler",
    "random_state_": "LatentDirichletAllocation",
    "random_weights_": "RBFSampler",
    "rank_": "LinearRegression",
    "ranking_": "RFE RFECV",
    "raw_covariance_": "EllipticEnvelope MinCovDet",
    "raw_location_": "EllipticEnvelope MinCovDet",
    "raw_support_": "EllipticEnvelope MinCovDet",
    "reconstruction_err_": "NMF",
    "references_": "QuantileTransformer",
    "refit_time_": "GridSearchCV RandomizedSearchCV",
    "regressor_": "TransformedTargetRegressor",
    "rotations_": "QuadraticDiscriminantAnalysis",
    "scale_": "HuberRegressor MaxAbsScaler MinMaxScaler RobustScaler StandardScaler",
    "scalings_": "LinearDiscriminantAnalysis QuadraticDiscriminantAnalysis",
    "score": "Pipeline RFE SelfTrainingClassifier",
    "score_samples": "GridSearchCV LocalOutlierFactor Pipeline RandomizedSearchCV",
    "scorer_": "GridSearchCV RandomizedSearchCV",
    "scores_": "ARDRegression BayesianRidge SelectKBest SelectPercentile",
    "shape_fit_": "OneClassSVM SVC SVR",
    "shrinkage_": "LedoitWolf OAS",
    "sigma_": "ARDRegression BayesianRidge",
    "singular_": "LinearRegression",
    "singular_values_": "PCA TruncatedSVD",
    "solver_": "Ridge RidgeClassifier",
    "sparse_coef_": "ElasticNet Lasso",
    "sparse_input_": "LabelBinarizer",
    "sparse_output_": "ColumnTransformer DummyClassifier",
    "stack_method_": "StackingClassifier StackingRegressor",
    "statistics_": "SimpleImputer",
    "support_": "EllipticEnvelope MinCovDet OneClassSVM RFE RFECV SVC SVR SequentialFeatureSelector",
    "support_vectors_": "OneClassSVM SVC SVR",
    "t_": "MLPClassifier MLPRegressor Perceptron SGDClassifier SGDRegressor",
    "termination_condition_": "SelfTrainingClassifier",
    "theta_": "GaussianNB",
    "threshold_": "SelectFromModel",
    "topic_word_prior_": "LatentDirichletAllocation",
    "train_score_": (
        "GradientBoostingClassifier GradientBoostingRegressor HistGradientBoostingClassifier HistGradientBoostingRegressor"
    ),
    "transduction_": "LabelPropagation LabelSpreading SelfTrainingClassifier",
    "transform": "GridSearchCV Pipeline RandomizedSearchCV",
    "transformer_": "TransformedTargetRegressor",
    "transformers_": "ColumnTransformer",
    "tree_": "DecisionTreeClassifier DecisionTreeRegressor KernelDensity",
    "unused_param": "OneClassSVM SVC SVR",
    "validation_score_": "HistGradientBoostingClassifier HistGradientBoostingRegressor",
    "validation_scores_": "MLPClassifier MLPRegressor",
    "var_": "GaussianNB StandardScaler",
    "variances_": "VarianceThreshold",
    "vocabulary_": "CountVectorizer TfidfVectorizer",
    "weights_": "GaussianMixture",
    "whitening_": "FastICA",
    "within_class_std_dev_": "NearestCentroid",
    "x_loadings_": "PLSRegression",
    "x_rotations_": "PLSRegression",
    "x_scores_": "PLSRegression",
    "x_weights_": "PLSRegression",
    "xbar_": "LinearDiscriminantAnalysis",
    "y_loadings_": "PLSRegression",
    "y_rotations_": "PLSRegression",
    "y_scores_": "PLSRegression",
    "y_thresholds_": "IsotonicRegression",
    "y_train_": "GaussianProcessRegressor",
    "y_type_": "LabelBinarizer",
    "y_weights_": "PLSRegression",
}
"""What an object of the classes has once it is fitted, or by its parameters."""
