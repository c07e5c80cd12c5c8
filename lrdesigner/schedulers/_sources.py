"""Addresses of the files that formulas were read from, in each project's default branch."""

from __future__ import annotations

_GITHUB = "https://github.com"

ALLENNLP_NOAM = (
    f"{_GITHUB}/allenai/allennlp/blob/HEAD/allennlp/training/learning_rate_schedulers/noam.py"
)
ALLENNLP_STLR = (
    f"{_GITHUB}/allenai/allennlp/blob/HEAD/allennlp/training/learning_rate_schedulers/"
    "slanted_triangular.py"
)
AXOLOTL = f"{_GITHUB}/axolotl-ai-cloud/axolotl/blob/HEAD/src/axolotl/utils/schedulers.py"
BIG_VISION = f"{_GITHUB}/google-research/big_vision/blob/HEAD/big_vision/utils.py"
CAFFE = f"{_GITHUB}/BVLC/caffe/blob/HEAD/src/caffe/solvers/sgd_solver.cpp"
DEEPSPEED = f"{_GITHUB}/deepspeedai/DeepSpeed/blob/HEAD/deepspeed/runtime/lr_schedules.py"
DETECTRON2 = f"{_GITHUB}/facebookresearch/detectron2/blob/HEAD/detectron2/solver/lr_scheduler.py"
DIFFUSERS = f"{_GITHUB}/huggingface/diffusers/blob/HEAD/src/diffusers/optimization.py"
ESPNET = f"{_GITHUB}/espnet/espnet/blob/HEAD/espnet2/schedulers/warmup_lr.py"
FAIRSEQ_COSINE = (
    f"{_GITHUB}/facebookresearch/fairseq/blob/HEAD/fairseq/optim/lr_scheduler/"
    "cosine_lr_scheduler.py"
)
FAIRSEQ_INVERSE = (
    f"{_GITHUB}/facebookresearch/fairseq/blob/HEAD/fairseq/optim/lr_scheduler/"
    "inverse_square_root_schedule.py"
)
FAIRSEQ_STEP = (
    f"{_GITHUB}/facebookresearch/fairseq/blob/HEAD/fairseq/optim/lr_scheduler/step_lr_scheduler.py"
)
FAIRSEQ_TRI = (
    f"{_GITHUB}/facebookresearch/fairseq/blob/HEAD/fairseq/optim/lr_scheduler/"
    "tri_stage_lr_scheduler.py"
)
FAIRSEQ_TRIANGULAR = (
    f"{_GITHUB}/facebookresearch/fairseq/blob/HEAD/fairseq/optim/lr_scheduler/"
    "triangular_lr_scheduler.py"
)
FASTAI = f"{_GITHUB}/fastai/fastai/blob/HEAD/fastai/callback/schedule.py"
HUGGING_FACE = f"{_GITHUB}/huggingface/transformers/blob/HEAD/src/transformers/optimization.py"
IGNITE = f"{_GITHUB}/pytorch/ignite/blob/HEAD/ignite/handlers/param_scheduler.py"
KATSURA = f"{_GITHUB}/katsura-jp/pytorch-cosine-annealing-with-warmup"
KERAS = (
    f"{_GITHUB}/keras-team/keras/blob/HEAD/keras/src/optimizers/schedules/learning_rate_schedule.py"
)
KNEE = f"{_GITHUB}/nikhil-iyer-97/wide-minima-density-hypothesis/blob/HEAD/knee_lr_schedule.py"
LEVANTER = f"{_GITHUB}/stanford-crfm/levanter/blob/HEAD/src/levanter/optim/config.py"
LR_FINDER = f"{_GITHUB}/davidtvs/pytorch-lr-finder/blob/HEAD/torch_lr_finder/lr_finder.py"
MEGATRON = f"{_GITHUB}/NVIDIA/Megatron-LM/blob/HEAD/megatron/core/optimizer_param_scheduler.py"
MMENGINE = f"{_GITHUB}/open-mmlab/mmengine/blob/HEAD/mmengine/optim/scheduler/param_scheduler.py"
MODDED_NANOGPT = f"{_GITHUB}/KellerJordan/modded-nanogpt"
# The file has left NeMo's default branch.
NEMO = (
    f"{_GITHUB}/NVIDIA/NeMo/blob/9761284c31dec23e615810c47791f1440b963faf/"
    "nemo/core/optim/lr_scheduler.py"
)
OLMO = f"{_GITHUB}/allenai/OLMo/blob/HEAD/olmo/optim.py"
OLMO_CORE = f"{_GITHUB}/allenai/OLMo-core/blob/HEAD/src/olmo_core/optim/scheduler.py"
ONETRAINER = f"{_GITHUB}/Nerogar/OneTrainer"
OPTAX = f"{_GITHUB}/google-deepmind/optax/blob/HEAD/optax/schedules/_schedule.py"
PADDLE = f"{_GITHUB}/PaddlePaddle/Paddle/blob/HEAD/python/paddle/optimizer/lr.py"
PTB = f"{_GITHUB}/tensorflow/models"
PYTORCH_OPTIMIZER_CHEBYSHEV = (
    f"{_GITHUB}/kozistr/pytorch_optimizer/blob/HEAD/pytorch_optimizer/lr_scheduler/chebyshev.py"
)
PYTORCH_OPTIMIZER_COSINE = (
    f"{_GITHUB}/kozistr/pytorch_optimizer/blob/HEAD/pytorch_optimizer/lr_scheduler/"
    "cosine_anealing.py"
)
PYTORCH_OPTIMIZER_REX = (
    f"{_GITHUB}/kozistr/pytorch_optimizer/blob/HEAD/pytorch_optimizer/lr_scheduler/rex.py"
)
PYTORCH_OPTIMIZER_WSD = (
    f"{_GITHUB}/kozistr/pytorch_optimizer/blob/HEAD/pytorch_optimizer/lr_scheduler/wsd.py"
)
PYTORCH_WARMUP = f"{_GITHUB}/Tony-Y/pytorch_warmup"
RELORA = f"{_GITHUB}/Guitaricet/relora"
SCHEDULE_FREE = (
    f"{_GITHUB}/facebookresearch/schedule_free/blob/HEAD/schedulefree/adamw_schedulefree.py"
)
T5X = f"{_GITHUB}/google-research/t5x/blob/HEAD/t5x/utils.py"
TIMM = f"{_GITHUB}/huggingface/pytorch-image-models/tree/HEAD/timm/scheduler"
TIMM_COSINE = f"{_GITHUB}/huggingface/pytorch-image-models/blob/HEAD/timm/scheduler/cosine_lr.py"
TIMM_POLY = f"{_GITHUB}/huggingface/pytorch-image-models/blob/HEAD/timm/scheduler/poly_lr.py"
TIMM_TANH = f"{_GITHUB}/huggingface/pytorch-image-models/blob/HEAD/timm/scheduler/tanh_lr.py"
TORCHTITAN = f"{_GITHUB}/pytorch/torchtitan/blob/HEAD/torchtitan/components/lr_scheduler.py"
